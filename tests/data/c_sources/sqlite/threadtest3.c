// opaque: sqlite3 sqlite3_int64 sqlite3_stmt
#  define uint32 unsigned int

struct MD5Context {
  int isInit;
  uint32 buf[4];
  uint32 bits[2];
  union {
    unsigned char in[64];
    uint32 in32[16];
  } u;
};

typedef struct MD5Context MD5Context;

typedef sqlite3_int64 i64;

typedef struct Error Error;

typedef struct Sqlite Sqlite;

typedef struct Statement Statement;

typedef struct Threadset Threadset;

typedef struct Thread Thread;

struct Error {
  int rc;
  int iLine;
  char *zErr;
};

struct Sqlite {
  sqlite3 *db;                    /* Database handle */
  Statement *pCache;              /* Linked list of cached statements */
  int nText;                      /* Size of array at aText[] */
  char **aText;                   /* Stored text results */
};

struct Statement {
  sqlite3_stmt *pStmt;            /* Pre-compiled statement handle */
  Statement *pNext;               /* Next statement in linked-list */
};

struct Threadset {
  int iMaxTid;                    /* Largest iTid value allocated so far */
  Thread *pThread;                /* Linked list of threads */
};
