/* module.c - what GdkPixbuf learns of the loader. Nothing here calls liblacuna: writing the loaders' cache does not start its runtime. */

#include "io-lacuna.h"

/* The two functions by which GdkPixbuf finds everything else. */
G_MODULE_EXPORT void fill_vtable(GdkPixbufModule* module);
G_MODULE_EXPORT void fill_info(GdkPixbufFormat* info);

void fill_vtable(GdkPixbufModule* module)
{
    module->begin_load = lacuna_begin_load;
    module->load_increment = lacuna_load_increment;
    module->stop_load = lacuna_stop_load;
    module->save_to_callback = lacuna_save_to_callback;
    module->is_save_option_supported = lacuna_is_save_option_supported;
}

void fill_info(GdkPixbufFormat* info)
{
    /* The magic of a stream and the mark of its first packet. */
    static GdkPixbufModulePattern signature[] = { { "LAC\x8a\xb7L", NULL, 100 }, { NULL, NULL, 0 } };
    static gchar* mime_types[] = { LACUNA_MEDIA_TYPE, NULL };
    static gchar* extensions[] = { "lac", NULL };

    info->name = "lacuna";
    info->signature = signature;
    info->description = "Lacuna picture";
    info->mime_types = mime_types;
    info->extensions = extensions;
    info->flags = GDK_PIXBUF_FORMAT_WRITABLE | GDK_PIXBUF_FORMAT_THREADSAFE;
    info->license = "Apache-2.0";
}
