#include "core/secrets/secret.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>

namespace rw {

/// Whole pages, since the kernel locks, wipes and leaves out nothing smaller.
class Secret::Pages {
 public:
    explicit Pages(std::string_view text) : m_length(text.size()), m_mapped(wholePages(text.size() + 1)) {
        m_memory = ::mmap(nullptr, m_mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (m_memory == MAP_FAILED) throw std::bad_alloc();
        // Each is a precaution: a secret is used all the same where the kernel refuses one. How much may be
        // locked is limited, often to 8 MiB.
        (void)::madvise(m_memory, m_mapped, MADV_DONTDUMP);
        (void)::madvise(m_memory, m_mapped, MADV_WIPEONFORK);
        (void)::mlock(m_memory, m_mapped);
        std::memcpy(m_memory, text.data(), text.size());
    }
    ~Pages() {
        ::explicit_bzero(m_memory, m_mapped);
        (void)::munmap(m_memory, m_mapped);
    }
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    std::string_view view() const { return {static_cast<const char*>(m_memory), m_length}; }

 private:
    static std::size_t wholePages(std::size_t bytes) {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        return (bytes + page - 1) / page * page;
    }

    const std::size_t m_length, m_mapped;
    void* m_memory = nullptr;
};

Secret::Secret(std::string_view text) {
    if (!text.empty()) m_pages = std::make_shared<const Pages>(text);
}

std::string_view Secret::view() const {
    return m_pages ? m_pages->view() : std::string_view("");
}

void wipe(std::string& text) {
    text.resize(text.capacity());
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

}  // namespace rw
