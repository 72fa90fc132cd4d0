/* Files that are mapped: what the managed half would need a large part of the runtime's library for. Local to the library. */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Maps a whole file for reading.
 *   length        receives its length; 0 with null and no error for an empty file
 *   error         receives 0, or errno
 *   returns       the first byte, to be given to lac__unmap_file, or null */
void* lac__map_file(const char* path, size_t* length, int* error);

void lac__unmap_file(void* data, size_t length);

void* lac__map_file(const char* path, size_t* length, int* error)
{
    struct stat info;
    void* data = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    *length = 0;
    *error = 0;
    if (file < 0 || fstat(file, &info) != 0) {
        *error = errno;
    } else if (S_ISDIR(info.st_mode)) {
        *error = EISDIR;
    } else if (info.st_size > 0) {
        *length = (size_t)info.st_size;
        data = mmap(NULL, *length, PROT_READ, MAP_PRIVATE, file, 0);
        if (data == MAP_FAILED) {
            *error = errno;
            data = NULL;
        }
    }

    if (file >= 0) {
        close(file); /* the mapping stays */
    }

    return data;
}

void lac__unmap_file(void* data, size_t length)
{
    munmap(data, length);
}
