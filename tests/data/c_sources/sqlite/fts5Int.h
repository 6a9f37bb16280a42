// opaque: sqlite3_int64 sqlite3_uint64 sqlite3_vtab
typedef unsigned char  u8;

typedef unsigned int   u32;

typedef unsigned short u16;

typedef short i16;

typedef sqlite3_int64 i64;

typedef sqlite3_uint64 u64;

typedef struct Fts5Global Fts5Global;

typedef struct Fts5Colset Fts5Colset;

/* If a NEAR() clump or phrase may only match a specific set of columns, 
** then an object of the following type is used to record the set of columns.
** Each entry in the aiCol[] array is a column that may be matched.
**
** This object is used by fts5_expr.c and fts5_index.c.
*/
struct Fts5Colset {
  int nCol;
  int aiCol[1];
};

typedef struct Fts5Config Fts5Config;

/*
** Buffer object for the incremental building of string data.
*/
typedef struct Fts5Buffer Fts5Buffer;

struct Fts5Buffer {
  u8 *p;
  int n;
  int nSpace;
};

typedef struct Fts5PoslistReader Fts5PoslistReader;

typedef struct Fts5PoslistWriter Fts5PoslistWriter;

/* Bucket of terms object used by the integrity-check in offsets=0 mode. */
typedef struct Fts5Termset Fts5Termset;

typedef struct Fts5Index Fts5Index;

typedef struct Fts5IndexIter Fts5IndexIter;

/*
** Virtual-table object.
*/
typedef struct Fts5Table Fts5Table;

/**************************************************************************
** Interface to code in fts5_hash.c. 
*/
typedef struct Fts5Hash Fts5Hash;

typedef struct Fts5Storage Fts5Storage;

/**************************************************************************
** Interface to code in fts5_expr.c. 
*/
typedef struct Fts5Expr Fts5Expr;

typedef struct Fts5ExprNode Fts5ExprNode;

typedef struct Fts5Parse Fts5Parse;

typedef struct Fts5Token Fts5Token;

typedef struct Fts5ExprPhrase Fts5ExprPhrase;

typedef struct Fts5ExprNearset Fts5ExprNearset;

struct Fts5Token {
  const char *p;                  /* Token text (not NULL terminated) */
  int n;                          /* Size of buffer p in bytes */
};

typedef struct Fts5PoslistPopulator Fts5PoslistPopulator;
