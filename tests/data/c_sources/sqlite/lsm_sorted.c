// opaque: FileSystem Level LsmPgno Page Segment TreeCursor lsm_db lsm_env u16 u8
typedef struct SegmentPtr SegmentPtr;

typedef struct LsmBlob LsmBlob;

struct LsmBlob {
  lsm_env *pEnv;
  void *pData;
  int nData;
  int nAlloc;
};

/*
** Used to iterate through the keys stored in a b-tree hierarchy from start
** to finish. Only First() and Next() operations are required.
**
**   btreeCursorNew()
**   btreeCursorFirst()
**   btreeCursorNext()
**   btreeCursorFree()
**   btreeCursorPosition()
**   btreeCursorRestore()
*/
typedef struct BtreePg BtreePg;

typedef struct BtreeCursor BtreeCursor;

struct BtreePg {
  Page *pPage;
  int iCell;
};

typedef struct MergeWorker MergeWorker;

typedef struct Hierarchy Hierarchy;

struct Hierarchy {
  Page **apHier;
  int nHier;
};

struct FilePage { u8 *aData; int nData; };

typedef struct MoveBlockCtx MoveBlockCtx;

struct MoveBlockCtx {
  int iSeen;                      /* Previous free block on list */
  int iFrom;                      /* Total number of blocks in file */
};
