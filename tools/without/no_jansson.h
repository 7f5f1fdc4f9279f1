/* SPDX-License-Identifier: MIT */
/* In place of jansson, where harrier.c is compiled with HARRIER_NO_JSON: a reader to whom
 * no document is JSON. */
typedef struct json_t json_t;
typedef long long json_int_t;
typedef struct {
    int line, column, position;
} json_error_t;
static json_t *json_no_document(json_error_t *why)
{
    if (why) *why = (json_error_t){1, 1, 0};
    return NULL;
}
static int json_object_set(json_t *object, const char *key, json_t *value)
{
    (void)object, (void)key, (void)value;
    return -1;
}
#define json_loadb(bytes, size, flags, why)                                                \
    ((void)(bytes), (void)(size), json_no_document(why))
#define json_object() json_no_document(NULL)
#define json_decref(value) ((void)(value))
#define json_object_get(object, key) ((void)(object), (void)(key), json_no_document(NULL))
#define json_array_get(array, index) ((void)(array), (void)(index), json_no_document(NULL))
#define json_array_size(array) ((void)(array), (size_t)0)
#define json_string_value(value) ((void)(value), (const char *)NULL)
#define json_string_length(value) ((void)(value), (size_t)0)
#define json_integer_value(value) ((void)(value), (json_int_t)0)
#define json_real_value(value) ((void)(value), 0.0)
#define json_number_value(value) ((void)(value), 0.0)
#define json_is_object(value) ((void)(value), false)
#define json_is_array(value) ((void)(value), false)
#define json_is_string(value) ((void)(value), false)
#define json_is_number(value) ((void)(value), false)
#define json_is_integer(value) ((void)(value), false)
#define json_is_real(value) ((void)(value), false)
#define json_is_boolean(value) ((void)(value), false)
#define json_is_true(value) ((void)(value), false)
#define json_object_foreach(object, key, value)                                            \
    for ((void)(object), (key) = NULL, (value) = NULL; (value); (value) = NULL)
