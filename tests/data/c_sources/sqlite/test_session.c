// opaque: Tcl_Interp Tcl_Obj sqlite3_session
typedef unsigned char u8;

typedef struct TestSession TestSession;

struct TestSession {
  sqlite3_session *pSession;
  Tcl_Interp *interp;
  Tcl_Obj *pFilterScript;
};

typedef struct TestStreamInput TestStreamInput;

struct TestStreamInput {
  int nStream;                    /* Maximum chunk size */
  unsigned char *aData;           /* Pointer to buffer containing data */
  int nData;                      /* Size of buffer aData in bytes */
  int iData;                      /* Bytes of data already read by sessions */
};

struct TestSessionsBlob {
  void *p;
  int n;
};

typedef struct TestSessionsBlob TestSessionsBlob;

typedef struct TestConflictHandler TestConflictHandler;

struct TestConflictHandler {
  Tcl_Interp *interp;
  Tcl_Obj *pConflictScript;
  Tcl_Obj *pFilterScript;
};
