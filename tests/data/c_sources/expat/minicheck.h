typedef void (*tcase_setup_function)(void);

typedef void (*tcase_teardown_function)(void);

typedef void (*tcase_test_function)(void);

typedef struct SRunner SRunner;

typedef struct Suite Suite;

typedef struct TCase TCase;

struct SRunner {
  Suite *suite;
  int nchecks;
  int nfailures;
};

struct Suite {
  const char *name;
  TCase *tests;
};

struct TCase {
  const char *name;
  tcase_setup_function setup;
  tcase_teardown_function teardown;
  tcase_test_function *tests;
  int ntests;
  int allocated;
  TCase *next_tcase;
};
