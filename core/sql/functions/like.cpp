#include "core/sql/functions/like.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "core/sql/eval/kernels.h"
#include "core/sql/functions/characters.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/search.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// Finds a row of characters, some of which may be any one: bit i of the state says that the first i + 1 of
/// them end at the character just read.
class UnitSearch {
 public:
    explicit UnitSearch(const std::vector<LikeUnit>& units)
        : m_words((units.size() + 63) / 64), m_any(m_words), m_state(m_words), m_last(units.size() - 1) {
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (units[i].empty()) {
                m_any[i / 64] |= std::uint64_t{1} << (i % 64);
            } else {
                m_order.push_back(i);
            }
        }
        std::sort(m_order.begin(), m_order.end(), [&units](std::size_t a, std::size_t b) {
            return units[a] != units[b] ? units[a] < units[b] : a < b;
        });
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            const LikeUnit& unit = units[m_order[i]];
            if (m_known.empty() || m_known.back().character != unit) m_known.push_back({unit, i, 0, {}});
            ++m_known.back().count;
        }
        for (Known& known : m_known) {
            if (known.count < m_words) continue;
            known.bits = m_any;
            for (const std::size_t i : placesOf(known)) known.bits[i / 64] |= std::uint64_t{1} << (i % 64);
        }
    }

    /// Where the first such row ends; npos: there is none.
    std::size_t endIn(std::string_view text) {
        constexpr std::size_t kBetweenLooks = std::size_t{1} << 16;
        std::size_t words = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t size = characterSize(text, at);
            const Known* const known = find(text.substr(at, size));
            if (known == nullptr || known->bits.empty()) {
                advanceRarely(known);
            } else {
                advance(known->bits);
            }
            at += size;
            if (((m_state[m_last / 64] >> (m_last % 64)) & 1U) != 0) return at;
            words += m_words;
            if (words > kBetweenLooks) {
                words = 0;
                if (interrupted()) break;
            }
        }
        return std::string_view::npos;
    }

 private:
    struct Known {
        std::string_view character;
        std::size_t first, count;  ///< its places, in m_order
        /// A bit for each, those of any one among them. Only where there are as many places as words, so that
        /// all bits together take no more memory than the places.
        std::vector<std::uint64_t> bits;
    };

    std::span<const std::size_t> placesOf(const Known& known) const {
        return std::span<const std::size_t>(m_order).subspan(known.first, known.count);
    }
    const Known* find(std::string_view character) const {
        const auto found =
            std::lower_bound(m_known.begin(), m_known.end(), character,
                             [](const Known& known, std::string_view c) { return known.character < c; });
        return found != m_known.end() && found->character == character ? &*found : nullptr;
    }
    void advance(const std::vector<std::uint64_t>& places) {
        std::uint64_t carry = 1;  // a row may begin anywhere
        for (std::size_t i = 0; i < m_words; ++i) {
            const std::uint64_t next = m_state[i] >> 63;
            m_state[i] = ((m_state[i] << 1) | carry) & places[i];
            carry = next;
        }
    }
    /// The same for a character of few places, or none.
    void advanceRarely(const Known* known) {
        m_reached.clear();
        if (known != nullptr) {
            for (const std::size_t i : placesOf(*known)) {
                if (i == 0 || ((m_state[(i - 1) / 64] >> ((i - 1) % 64)) & 1U) != 0) m_reached.push_back(i);
            }
        }
        advance(m_any);
        for (const std::size_t i : m_reached) m_state[i / 64] |= std::uint64_t{1} << (i % 64);
    }

    const std::size_t m_words;
    std::vector<std::uint64_t> m_any, m_state;
    const std::size_t m_last;
    std::vector<std::size_t> m_order{};    ///< places of characters that are not any one, by character
    std::vector<Known> m_known{};          ///< by character
    std::vector<std::size_t> m_reached{};  ///< room for advanceRarely()
};

/// Takes the last character off the text.
bool dropLast(std::string_view& text) {
    if (text.empty()) return false;
    std::size_t size = 1;
    while (size < 4 && size < text.size() && continuesCharacter(text[text.size() - size])) ++size;
    text.remove_suffix(size);
    return true;
}

}  // namespace

void LikePattern::Segment::add(std::string_view character) {
    if (units.empty()) {
        bytes += character;
    } else {
        units.emplace_back(character);
    }
}

void LikePattern::Segment::addAny() {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = characterSize(bytes, at);
        units.emplace_back(bytes.substr(at, size));
        at += size;
    }
    bytes.clear();
    units.emplace_back();
}

bool LikePattern::Segment::takeFront(std::string_view& text) const {
    if (units.empty()) {
        if (!text.starts_with(bytes)) return false;
        text.remove_prefix(bytes.size());
        return true;
    }
    for (const LikeUnit& unit : units) {
        if (text.empty() || !text.starts_with(unit)) return false;
        text.remove_prefix(unit.empty() ? characterSize(text, 0) : unit.size());
    }
    return true;
}

bool LikePattern::Segment::takeBack(std::string_view& text) const {
    if (units.empty()) {
        if (!text.ends_with(bytes)) return false;
        text.remove_suffix(bytes.size());
        return true;
    }
    for (auto unit = units.rbegin(); unit != units.rend(); ++unit) {
        if (unit->empty()) {
            if (!dropLast(text)) return false;
        } else if (text.ends_with(*unit)) {
            text.remove_suffix(unit->size());
        } else {
            return false;
        }
    }
    return true;
}

bool LikePattern::Segment::takeFirst(std::string_view& text) const {
    std::size_t end = 0;
    if (units.empty()) {
        end = findText(text, bytes);
        if (end != std::string_view::npos) end += bytes.size();
    } else {
        if (text.size() < units.size()) return false;  // each is a byte at least
        end = UnitSearch(units).endIn(text);
    }
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end);
    return true;
}

std::optional<LikePattern> LikePattern::compile(std::string_view pattern, std::string_view escape) {
    LikePattern like;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::string_view rest = pattern.substr(at);
        Segment& segment = like.m_segments.back();
        if (!escape.empty() && rest.starts_with(escape)) {
            const std::string_view next = rest.substr(escape.size());
            if (!next.starts_with('%') && !next.starts_with('_') && !next.starts_with(escape))
                return std::nullopt;
            const std::size_t size = characterSize(next, 0);
            segment.add(next.substr(0, size));
            at += escape.size() + size;
        } else if (rest.front() == '%') {
            // A second % behind the first says nothing more.
            if (like.m_segments.size() == 1 || !segment.empty()) like.m_segments.emplace_back();
            ++at;
        } else if (rest.front() == '_') {
            segment.addAny();
            ++at;
        } else {
            const std::size_t size = characterSize(rest, 0);
            segment.add(rest.substr(0, size));
            at += size;
        }
    }
    like.findShape();
    return like;
}

/// One text, perhaps with a % before or behind it, is found without walking through the segments.
void LikePattern::findShape() {
    const auto filled = [](const Segment& segment) { return !segment.empty(); };
    const auto count = std::count_if(m_segments.begin(), m_segments.end(), filled);
    const auto one = std::find_if(m_segments.begin(), m_segments.end(), filled);
    if (count > 1 || (count == 1 && !one->units.empty())) return;
    if (count == 1) m_bytes = one->bytes;
    const bool before = m_segments.front().empty() && m_segments.size() > 1;
    const bool behind = m_segments.back().empty() && m_segments.size() > 1;
    m_shape = before ? (behind ? Shape::Inside : Shape::Suffix) : (behind ? Shape::Prefix : Shape::Exact);
}

bool LikePattern::matches(std::string_view text) const {
    switch (m_shape) {
        case Shape::Exact:
            return text == m_bytes;
        case Shape::Prefix:
            return text.starts_with(m_bytes);
        case Shape::Suffix:
            return text.ends_with(m_bytes);
        case Shape::Inside:
            return findText(text, m_bytes) != std::string_view::npos;
        case Shape::General:
            return matchesSegments(text);
    }
    return false;
}

/// The text between the first and the last segment has the others in order, each as early as it can.
bool LikePattern::matchesSegments(std::string_view text) const {
    if (!m_segments.front().takeFront(text)) return false;
    if (m_segments.size() == 1) return text.empty();
    if (!m_segments.back().takeBack(text)) return false;
    return std::all_of(m_segments.begin() + 1, m_segments.end() - 1,
                       [&text](const Segment& segment) { return segment.takeFirst(text); });
}

namespace {

Text wrongEscape() {
    return RW_TEXT("sql", "The escape character of LIKE stands before %, _ or itself only.");
}

Parsed<Resolved> resolveLike(std::span<const ArgInfo> args, std::string_view) {
    auto resolved = accepts("LIKE", {stringType(), stringType(), stringType()}, booleanType())(args, {});
    auto* const typed = std::get_if<Resolved>(&resolved);
    if (typed == nullptr) return resolved;
    const auto literal = [&args](std::size_t i) -> const std::string* {
        return i < args.size() && args[i].literal != nullptr ? std::get_if<std::string>(args[i].literal)
                                                             : nullptr;
    };
    const std::string* const escape = literal(2);
    if (escape != nullptr && (escape->empty() || characterSize(*escape, 0) != escape->size())) {
        SqlError error;
        error.message = RW_TEXT("sql", "ESCAPE takes one character.");
        error.position = 3;
        return error;
    }
    typed->safe = args.size() == 2;
    const std::string* const pattern = literal(1);
    if (pattern == nullptr || (args.size() > 2 && escape == nullptr)) return resolved;
    auto compiled = LikePattern::compile(*pattern, escape != nullptr ? *escape : std::string());
    if (!compiled) {
        SqlError error;
        error.message = wrongEscape();
        error.position = 2;
        return error;
    }
    typed->safe = true;
    typed->prepared = std::make_shared<const LikePattern>(std::move(*compiled));
    return resolved;
}

Vector evaluateLike(const CallArgs& call) {
    if (const auto* const pattern = static_cast<const LikePattern*>(call.call.prepared.get())) {
        const CallArgs text{call.args.first(1), call.rows, call.call, call.context, call.work};
        return map<bool, std::string_view>(text,
                                           [pattern](std::string_view s) { return pattern->matches(s); });
    }
    const auto match = [](bool& out, std::string_view s, std::string_view pattern, std::string_view escape) {
        const auto compiled = LikePattern::compile(pattern, escape);
        out = compiled && compiled->matches(s);
        return compiled.has_value();
    };
    if (call.args.size() == 3) {
        return mapChecked<bool, std::string_view, std::string_view, std::string_view>(
            call, match, [](std::string_view, std::string_view, std::string_view) { return wrongEscape(); });
    }
    return map<bool, std::string_view, std::string_view>(call,
                                                         [&match](std::string_view s, std::string_view p) {
                                                             bool out = false;
                                                             match(out, s, p, {});
                                                             return out;
                                                         });
}

}  // namespace

void addLike(std::vector<ScalarFunction>& functions) {
    functions.push_back(
        {"LIKE", "s LIKE pattern [ESCAPE c]",
         RW_TEXT("sql", "Whether a text has a form: % stands for any text, _ for one character."), "operator",
         2, 3, resolveLike, evaluateLike, true});
}

}  // namespace rw::sql
