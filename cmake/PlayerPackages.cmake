# The players' plugins as Debian packages beside those of Package.cmake, where they are built. Debian's own triggers renew the caches of loaders
# and of MIME types.
#   gstreamer1.0-lacuna   elements and typefinder
#   lacuna-gdk-pixbuf     loader, MIME type and thumbnails

if(TARGET gstlacuna)
  list(APPEND CPACK_COMPONENTS_ALL gstreamer)
  set(CPACK_DEBIAN_GSTREAMER_PACKAGE_NAME gstreamer1.0-lacuna)
  set(CPACK_DEBIAN_GSTREAMER_PACKAGE_SECTION libs)
  set(CPACK_DEBIAN_GSTREAMER_PACKAGE_DEPENDS
    "liblacuna1 (= ${PROJECT_VERSION}), libgstreamer1.0-0 (>= 1.20), libgstreamer-plugins-base1.0-0 (>= 1.20)")
  set(CPACK_DEBIAN_GSTREAMER_DESCRIPTION "Learned image codec, plugin for GStreamer
The elements lacunadec and lacunaenc, and a typefinder by which players
open Lacuna pictures.")
endif()

if(TARGET pixbufloader-lacuna)
  list(APPEND CPACK_COMPONENTS_ALL gdk-pixbuf)
  set(CPACK_DEBIAN_GDK-PIXBUF_PACKAGE_NAME lacuna-gdk-pixbuf)
  set(CPACK_DEBIAN_GDK-PIXBUF_PACKAGE_SECTION libs)
  set(CPACK_DEBIAN_GDK-PIXBUF_PACKAGE_DEPENDS "liblacuna1 (= ${PROJECT_VERSION}), libgdk-pixbuf-2.0-0 (>= 2.36)")
  set(CPACK_DEBIAN_GDK-PIXBUF_PACKAGE_RECOMMENDS "shared-mime-info, libgdk-pixbuf2.0-bin")
  set(CPACK_DEBIAN_GDK-PIXBUF_DESCRIPTION "Learned image codec, loader for GdkPixbuf
Viewers and thumbnails of GNOME, and other programs that open pictures by
GdkPixbuf, show Lacuna pictures and save them.")
endif()
