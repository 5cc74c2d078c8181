// A password or a token, in the one type in which all of them are kept.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rw {

/// Bytes that can't be printed, compared or written to a file by accident: there is no conversion to text, no
/// ==, and only reveal() shows them. They are on pages of their own, which core dumps and children made by fork()
/// leave out, and which stay in memory where the system allows to lock them; the pages are overwritten when
/// the last copy goes. Copies share them. A Secret is immutable: any thread may read it.
class Secret {
 public:
    Secret() = default;  ///< none
    /// Copies `text`, which its owner should wipe(). Throws std::bad_alloc as a container does.
    explicit Secret(std::string_view text);

    bool empty() const { return m_pages == nullptr; }
    /// Calls `use` with the bytes as a string_view that a 0 follows, and returns what it returns. The view is
    /// valid while `use` runs; `use` must wipe any copy that it makes.
    template <class Use>
    decltype(auto) reveal(Use&& use) const {
        return std::forward<Use>(use)(view());
    }

    bool operator==(const Secret&) const = delete;

 private:
    class Pages;
    std::string_view view() const;

    std::shared_ptr<const Pages> m_pages{};
};

/// Overwrites the text, in a way that compilers do not leave out, and empties it.
void wipe(std::string& text);

}  // namespace rw
