/* io-lacuna.h - the functions of the loader, as GdkPixbufModule describes them. */

#ifndef LACUNA_IO_LACUNA_H
#define LACUNA_IO_LACUNA_H

/* What a loader implements is declared for loaders alone. */
#define GDK_PIXBUF_ENABLE_BACKEND
#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

#define LACUNA_MEDIA_TYPE "image/x-lacuna"

/* Loading in pieces; loading in one goes the same way. */
gpointer lacuna_begin_load(GdkPixbufModuleSizeFunc size, GdkPixbufModulePreparedFunc prepared, GdkPixbufModuleUpdatedFunc updated,
    gpointer user_data, GError** error);
gboolean lacuna_load_increment(gpointer context, const guchar* bytes, guint count, GError** error);
gboolean lacuna_stop_load(gpointer context, GError** error);

/* Saving. The options are "quality" (0 to 100) and "max-bytes". */
gboolean lacuna_save_to_callback(GdkPixbufSaveFunc save, gpointer user_data, GdkPixbuf* pixbuf, gchar** keys, gchar** values,
    GError** error);
gboolean lacuna_is_save_option_supported(const gchar* key);

G_END_DECLS

#endif
