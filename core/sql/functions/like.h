// Patterns of LIKE: % stands for any text, _ for one character.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw::sql {

class LikePattern {
 public:
    /// `escape`: empty, or one character; it must stand before %, _ or itself. None when it does not.
    static std::optional<LikePattern> compile(std::string_view pattern, std::string_view escape);
    bool matches(std::string_view text) const;

 private:
    /// Literal bytes, one character, or any text.
    struct Part {
        enum class Kind { Bytes, One, Any } kind;
        std::string bytes{};
    };
    enum class Shape { Exact, Prefix, Suffix, Inside, General };

    void findShape();
    bool matchesParts(std::string_view text) const;

    std::vector<Part> m_parts;
    Shape m_shape = Shape::General;
    std::string m_bytes;  ///< of the simple shapes
};

}  // namespace rw::sql
