// opaque: Fts5Buffer Fts5Colset Fts5Config Fts5ExprNearset Fts5ExprNode Fts5ExprPhrase Fts5Index Fts5IndexIter Fts5PoslistWriter i64 u8
typedef struct Fts5ExprTerm Fts5ExprTerm;

struct Fts5Expr {
  Fts5Index *pIndex;
  Fts5Config *pConfig;
  Fts5ExprNode *pRoot;
  int bDesc;                      /* Iterate in descending rowid order */
  int nPhrase;                    /* Number of phrases in expression */
  Fts5ExprPhrase **apExprPhrase;  /* Pointers to phrase objects */
};

/*
** One or more phrases that must appear within a certain token distance of
** each other within each matching document.
*/
struct Fts5ExprNearset {
  int nNear;                      /* NEAR parameter */
  Fts5Colset *pColset;            /* Columns to search (NULL -> all columns) */
  int nPhrase;                    /* Number of entries in aPhrase[] array */
  Fts5ExprPhrase *apPhrase[1];    /* Array of phrase pointers */
};

/*
** Parse context.
*/
struct Fts5Parse {
  Fts5Config *pConfig;
  char *zErr;
  int rc;
  int nPhrase;                    /* Size of apPhrase array */
  Fts5ExprPhrase **apPhrase;      /* Array of all phrases */
  Fts5ExprNode *pExpr;            /* Result of a successful parse */
  int bPhraseToAnd;               /* Convert "a+b" to "a AND b" */
};

typedef struct Fts5LookaheadReader Fts5LookaheadReader;

typedef struct Fts5NearTrimmer Fts5NearTrimmer;

typedef struct TokenCtx TokenCtx;

struct TokenCtx {
  Fts5ExprPhrase *pPhrase;
  int rc;
};

typedef struct Fts5ExprCtx Fts5ExprCtx;
