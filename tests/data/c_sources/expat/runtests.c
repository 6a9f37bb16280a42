// opaque: AttrInfo CharData END_TEST XML_Bool XML_Char XML_ExternalEntityRefHandler XML_Parser
/* Useful external entity handler */
typedef struct ExtOption {
  const XML_Char *system_id;
  const char *parse_text;
} ExtOption;

typedef struct ExtTest {
  const char *parse_text;
  const XML_Char *encoding;
  CharData *storage;
} ExtTest;

typedef struct elementInfo {
  const XML_Char *name;
  int attr_count;
  const XML_Char *id_name;
  AttrInfo *attributes;
} ElementInfo;

#define PRE_ERROR_STR "<doc></"

#define POST_ERROR_STR "wombat></doc>"
