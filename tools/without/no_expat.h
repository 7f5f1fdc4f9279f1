/* SPDX-License-Identifier: MIT */
/* In place of expat, where harrier.c is compiled with HARRIER_NO_XML: a reader to whom
 * every document is broken. */
typedef char XML_Char;
typedef long XML_Index;
typedef const char *XML_Parser;
enum XML_Error {
    XML_ERROR_NONE,
    XML_ERROR_NO_MEMORY,
    XML_ERROR_NO_ELEMENTS,
    XML_ERROR_UNCLOSED_TOKEN,
    XML_ERROR_PARTIAL_CHAR,
    XML_ERROR_UNCLOSED_CDATA_SECTION,
    XML_ERROR_LEFT_OUT,
};
enum { XML_FALSE, XML_STATUS_ERROR = 0, XML_STATUS_OK = 1 };
#define XMLCALL
#define XML_ParserCreate(encoding) ((void)(encoding), "none")
#define XML_ParserFree(parser) ((void)(parser))
#define XML_StopParser(parser, resumable) ((void)(parser), (void)(resumable))
#define XML_SetUserData(parser, data) ((void)(parser), (void)(data))
#define XML_SetElementHandler(parser, start, end)                                          \
    ((void)(parser), (void)(start), (void)(end))
#define XML_SetCharacterDataHandler(parser, text) ((void)(parser), (void)(text))
#define XML_SetEntityDeclHandler(parser, entity) ((void)(parser), (void)(entity))
#define XML_Parse(parser, text, size, last)                                                \
    ((void)(parser), (void)(text), (void)(size), (void)(last), XML_STATUS_ERROR)
#define XML_GetErrorCode(parser) ((void)(parser), XML_ERROR_LEFT_OUT)
#define XML_GetCurrentByteIndex(parser) ((void)(parser), (XML_Index)0)
#define XML_ErrorString(code) ((void)(code), "this program was made without XML")
