// Patterns of LIKE: % stands for any text, _ for one character.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw::sql {

/// A character of a pattern; empty: any one.
using LikeUnit = std::string;

/// The work of matches() is linear in the text and the pattern together, but for patterns with very many
/// characters and a _ between two %.
class LikePattern {
 public:
    /// `escape`: empty, or one character; it must stand before %, _ or itself. None when it does not.
    static std::optional<LikePattern> compile(std::string_view pattern, std::string_view escape);
    bool matches(std::string_view text) const;

 private:
    /// Characters in a row, each itself or any one, in the pattern between two %.
    struct Segment {
        std::string bytes{};            ///< where none is any one
        std::vector<LikeUnit> units{};  ///< otherwise

        bool empty() const { return bytes.empty() && units.empty(); }
        void add(std::string_view character);
        void addAny();
        /// Takes the segment off the front, or the back, of the text; false: it is not there.
        bool takeFront(std::string_view& text) const;
        bool takeBack(std::string_view& text) const;
        /// Takes the text off up to the end of where the segment stands first.
        bool takeFirst(std::string_view& text) const;
    };
    enum class Shape { Exact, Prefix, Suffix, Inside, General };

    void findShape();
    bool matchesSegments(std::string_view text) const;

    std::vector<Segment> m_segments{Segment()};  ///< between them stands a %
    Shape m_shape = Shape::General;
    std::string m_bytes;  ///< of the simple shapes
};

}  // namespace rw::sql
