#include "core/store/freed_memory.h"

#include <sys/types.h>
#include <cstddef>
#include <string>

/// Of jemalloc, https://jemalloc.net/jemalloc.3.html; null in a process that has another heap.
extern "C" __attribute__((weak)) int mallctl(const char* name, void* old, std::size_t* oldSize, void* value,
                                             std::size_t size);

namespace rw {

namespace {

void setDecay(const std::string& name) {
    ssize_t milliseconds = 50;
    // An arena that is not there yet refuses; it will have that of new ones.
    (void)mallctl(name.c_str(), nullptr, nullptr, &milliseconds, sizeof milliseconds);
}

bool setAll() {
    if (mallctl == nullptr) return false;
    unsigned arenas = 0;
    std::size_t size = sizeof arenas;
    if (mallctl("arenas.narenas", &arenas, &size, nullptr, 0) != 0) return false;
    setDecay("arenas.dirty_decay_ms");  // of new ones
    for (unsigned arena = 0; arena < arenas; ++arena)
        setDecay("arena." + std::to_string(arena) + ".dirty_decay_ms");
    return true;
}

}  // namespace

void returnFreedMemorySoon() {
    static const bool kSet = setAll();
    (void)kSet;
}

}  // namespace rw
