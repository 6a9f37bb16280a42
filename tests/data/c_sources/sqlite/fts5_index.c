// opaque: Fts5Buffer Fts5Colset Fts5Config Fts5Hash Fts5IndexIter i64 sqlite3_blob sqlite3_stmt u16 u64 u8
typedef struct Fts5Data Fts5Data;

typedef struct Fts5DlidxIter Fts5DlidxIter;

typedef struct Fts5DlidxLvl Fts5DlidxLvl;

typedef struct Fts5DlidxWriter Fts5DlidxWriter;

typedef struct Fts5Iter Fts5Iter;

typedef struct Fts5PageWriter Fts5PageWriter;

typedef struct Fts5SegIter Fts5SegIter;

typedef struct Fts5DoclistIter Fts5DoclistIter;

typedef struct Fts5SegWriter Fts5SegWriter;

typedef struct Fts5Structure Fts5Structure;

typedef struct Fts5StructureLevel Fts5StructureLevel;

typedef struct Fts5StructureSegment Fts5StructureSegment;

struct Fts5Data {
  u8 *p;                          /* Pointer to buffer containing record */
  int nn;                         /* Size of record in bytes */
  int szLeaf;                     /* Size of leaf without page-index */
};

/*
** The contents of the "structure" record for each index are represented
** using an Fts5Structure record in memory. Which uses instances of the 
** other Fts5StructureXXX types as components.
*/
struct Fts5StructureSegment {
  int iSegid;                     /* Segment id */
  int pgnoFirst;                  /* First leaf page number in segment */
  int pgnoLast;                   /* Last leaf page number in segment */
};

struct Fts5StructureLevel {
  int nMerge;                     /* Number of segments in incr-merge */
  int nSeg;                       /* Total number of segments on level */
  Fts5StructureSegment *aSeg;     /* Array of segments. aSeg[0] is oldest. */
};

typedef struct Fts5CResult Fts5CResult;

#define FTS5_SEGITER_ONETERM 0x01

#define FTS5_SEGITER_REVERSE 0x02

typedef struct PoslistCallbackCtx PoslistCallbackCtx;

struct PoslistCallbackCtx {
  Fts5Buffer *pBuf;               /* Append to this buffer */
  Fts5Colset *pColset;            /* Restrict matches to this column */
  int eState;                     /* See above */
};

typedef struct PoslistOffsetsCtx PoslistOffsetsCtx;

struct PoslistOffsetsCtx {
  Fts5Buffer *pBuf;               /* Append to this buffer */
  Fts5Colset *pColset;            /* Restrict matches to this column */
  int iRead;
  int iWrite;
};

typedef struct Fts5FlushCtx Fts5FlushCtx;

typedef struct PrefixMerger PrefixMerger;
