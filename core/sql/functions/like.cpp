#include "core/sql/functions/like.h"

#include "core/sql/eval/kernels.h"
#include "core/sql/functions/characters.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

std::optional<LikePattern> LikePattern::compile(std::string_view pattern, std::string_view escape) {
    LikePattern like;
    const auto literal = [&like](std::string_view bytes) {
        if (like.m_parts.empty() || like.m_parts.back().kind != Part::Kind::Bytes) {
            like.m_parts.push_back({Part::Kind::Bytes});
        }
        like.m_parts.back().bytes += bytes;
    };
    for (std::size_t at = 0; at < pattern.size();) {
        const std::string_view rest = pattern.substr(at);
        if (!escape.empty() && rest.starts_with(escape)) {
            const std::string_view next = rest.substr(escape.size());
            if (!next.starts_with('%') && !next.starts_with('_') && !next.starts_with(escape))
                return std::nullopt;
            const std::size_t size = characterSize(next, 0);
            literal(next.substr(0, size));
            at += escape.size() + size;
        } else if (rest.front() == '%') {
            if (like.m_parts.empty() || like.m_parts.back().kind != Part::Kind::Any) {
                like.m_parts.push_back({Part::Kind::Any});
            }
            ++at;
        } else if (rest.front() == '_') {
            like.m_parts.push_back({Part::Kind::One});
            ++at;
        } else {
            literal(rest.substr(0, 1));
            ++at;
        }
    }
    like.findShape();
    return like;
}

/// One text, perhaps with a % before or behind it, is found without walking through the parts.
void LikePattern::findShape() {
    auto begin = m_parts.begin(), end = m_parts.end();
    const bool before = begin != end && begin->kind == Part::Kind::Any;
    if (before) ++begin;
    const bool behind = begin != end && std::prev(end)->kind == Part::Kind::Any;
    if (behind) --end;
    const bool single = end - begin == 1 && begin->kind == Part::Kind::Bytes;
    if (!single && !m_parts.empty()) return;
    if (single) m_bytes = begin->bytes;
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
            return text.find(m_bytes) != std::string_view::npos;
        case Shape::General:
            return matchesParts(text);
    }
    return false;
}

bool LikePattern::matchesParts(std::string_view text) const {
    // When a part fails, only the last % can be at fault: it takes one character more. Linear in text ×
    // pattern.
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::size_t part = 0, at = 0, anyPart = kNone, anyAt = 0;
    while (true) {
        if (part == m_parts.size() && at == text.size()) return true;
        bool fits = false;
        if (part < m_parts.size()) {
            const Part& wanted = m_parts[part];
            const std::string_view rest = text.substr(at);
            if (wanted.kind == Part::Kind::Any) {
                anyPart = part++;
                anyAt = at;
                continue;
            }
            if (wanted.kind == Part::Kind::One && !rest.empty()) {
                at += characterSize(rest, 0);
                fits = true;
            } else if (wanted.kind == Part::Kind::Bytes && rest.starts_with(wanted.bytes)) {
                at += wanted.bytes.size();
                fits = true;
            }
        }
        if (fits) {
            ++part;
            continue;
        }
        if (anyPart == kNone || anyAt == text.size()) return false;
        anyAt += characterSize(text, anyAt);
        at = anyAt;
        part = anyPart + 1;
    }
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
        const CallArgs text{call.args.first(1), call.rows, call.call, call.context};
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
