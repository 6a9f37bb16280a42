// opaque: lsm_compress lsm_compress_factory lsm_env lsm_file lsm_i64
typedef struct Database Database;

typedef struct DbLog DbLog;

typedef struct FileSystem FileSystem;

typedef struct Freelist Freelist;

typedef struct FreelistEntry FreelistEntry;

typedef struct Level Level;

typedef struct LogMark LogMark;

typedef struct LogRegion LogRegion;

typedef struct LogWriter LogWriter;

typedef struct LsmString LsmString;

typedef struct Mempool Mempool;

typedef struct Merge Merge;

typedef struct MergeInput MergeInput;

typedef struct MetaPage MetaPage;

typedef struct MultiCursor MultiCursor;

typedef struct Page Page;

typedef struct Redirect Redirect;

typedef struct Segment Segment;

typedef struct SegmentMerger SegmentMerger;

typedef struct ShmChunk ShmChunk;

typedef struct ShmHeader ShmHeader;

typedef struct ShmReader ShmReader;

typedef struct Snapshot Snapshot;

typedef struct TransMark TransMark;

typedef struct Tree Tree;

typedef struct TreeCursor TreeCursor;

typedef struct TreeHeader TreeHeader;

typedef struct TreeMark TreeMark;

typedef struct TreeRoot TreeRoot;

typedef unsigned char u8;

typedef unsigned short int u16;

typedef unsigned int u32;

typedef lsm_i64 i64;

typedef unsigned long long int u64;

/* A page number is a 64-bit integer. */
typedef i64 LsmPgno;

#define LSM_LOCK_NREADER   6

#define LSM_LOCK_WRITER       4

#define LSM_META_PAGE_SIZE 4096

/*
** A string that can grow by appending.
*/
struct LsmString {
  lsm_env *pEnv;              /* Run-time environment */
  int n;                      /* Size of string.  -1 indicates error */
  int nAlloc;                 /* Space allocated for z[] */
  char *z;                    /* The string content */
};

typedef struct LsmFile LsmFile;

struct LsmFile {
  lsm_file *pFile;
  LsmFile *pNext;
};

/*
** An instance of the following type is used to store an ordered list of
** u32 values. 
**
** Note: This is a place-holder implementation. It should be replaced by
** a version that avoids making a single large allocation when the array
** contains a large number of values. For this reason, the internals of 
** this object should only manipulated by the intArrayXXX() functions in 
** lsm_tree.c.
*/
typedef struct IntArray IntArray;

struct IntArray {
  int nAlloc;
  int nArray;
  u32 *aArray;
};

struct Redirect {
  int n;                          /* Number of redirects */
  struct RedirectEntry {
    int iFrom;
    int iTo;
  } *a;
};

/*
** An instance of this structure represents a point in the history of the
** tree structure to roll back to. Refer to comments in lsm_tree.c for 
** details.
*/
struct TreeMark {
  u32 iRoot;                      /* Offset of root node in shm file */
  u32 nHeight;                    /* Current height of tree structure */
  u32 iWrite;                     /* Write offset in shm file */
  u32 nChunk;                     /* Number of chunks in shared-memory file */
  u32 iFirst;                     /* First chunk in linked list */
  u32 iNextShmid;                 /* Next id to allocate */
  int iRollback;                  /* Index in lsm->rollback to revert to */
};

struct TreeRoot {
  u32 iRoot;
  u32 nHeight;
  u32 nByte;                      /* Total size of this tree in bytes */
  u32 iTransId;
};

/*
** An instance of this structure is stored at the start of each shared-memory
** chunk except the first (which is the header chunk - see above).
*/
struct ShmChunk {
  u32 iShmid;
  u32 iNext;
};

#define LSM_APPLIST_SZ 4

/*
** An instance of the following structure stores the in-memory part of
** the current free block list. This structure is to the free block list
** as the in-memory tree is to the users database content. The contents 
** of the free block list is found by merging the in-memory components 
** with those stored in the LSM, just as the contents of the database is
** found by merging the in-memory tree with the user data entries in the
** LSM.
**
** Each FreelistEntry structure in the array represents either an insert
** or delete operation on the free-list. For deletes, the FreelistEntry.iId
** field is set to -1. For inserts, it is set to zero or greater. 
**
** The array of FreelistEntry structures is always sorted in order of
** block number (ascending).
**
** When the in-memory free block list is written into the LSM, each insert
** operation is written separately. The entry key is the bitwise inverse
** of the block number as a 32-bit big-endian integer. This is done so that
** the entries in the LSM are sorted in descending order of block id. 
** The associated value is the snapshot id, formated as a varint.
*/
struct Freelist {
  FreelistEntry *aEntry;          /* Free list entries */
  int nEntry;                     /* Number of valid slots in aEntry[] */
  int nAlloc;                     /* Allocated size of aEntry[] */
};
