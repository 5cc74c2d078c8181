#include "core/connect/csv/row_start.h"

#include <algorithm>
#include <optional>

namespace rw {

namespace {

/// One possibility, followed from a line's start.
struct Followed {
    std::optional<std::size_t> fault{};  ///< where it can't be
    std::optional<std::size_t> row{};    ///< the first row that begins by it
};

class Follower {
 public:
    Follower(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits, bool atEnd)
        : m_bytes(bytes), m_format(format), m_limits(limits), m_atEnd(atEnd) {}

    Followed follow(std::size_t from, bool quoted) const {
        Followed out;
        if (!quoted) out.row = from;
        std::size_t at = from;
        bool fieldStart = !quoted;
        if (quoted && !closeQuote(from, at, out)) return out;
        while (at < m_bytes.size()) {
            const std::size_t quote = std::min(m_bytes.find(m_format.quote, at), m_bytes.size());
            findRow(at, quote, out);
            if (quote == m_bytes.size()) break;
            if (quote > at) {
                const char before = m_bytes[quote - 1];
                fieldStart = before == m_format.delimiter || before == '\n';
            }
            if (!fieldStart) {
                out.fault = quote;
                break;
            }
            fieldStart = false;
            if (!closeQuote(quote + 1, at, out)) break;
        }
        return out;
    }

 private:
    /// The bytes up to `end` are in no quoted field.
    void findRow(std::size_t begin, std::size_t end, Followed& out) const {
        if (out.row) return;
        const std::size_t line = m_bytes.substr(0, end).find('\n', begin);
        if (line != std::string_view::npos && (line + 1 < m_bytes.size() || m_atEnd)) out.row = line + 1;
    }

    /// Moves `at` behind the quoted field whose content begins at `begin`. False: the bytes end, or there is
    /// a fault.
    bool closeQuote(std::size_t begin, std::size_t& at, Followed& out) const {
        at = begin;
        for (;;) {
            const std::size_t quote = m_bytes.find(m_format.quote, at);
            if (quote == std::string_view::npos || quote - begin > m_limits.quoted) {
                if (m_atEnd || m_bytes.size() - begin > m_limits.quoted) out.fault = begin;
                return false;
            }
            at = quote + 1;
            if (at == m_bytes.size()) return false;
            const char next = m_bytes[at];
            if (next == m_format.quote) {
                ++at;
                continue;
            }
            const bool lineEnd =
                next == '\n' || (next == '\r' && (at + 1 < m_bytes.size() ? m_bytes[at + 1] == '\n' : true));
            if (next == m_format.delimiter || lineEnd) return true;
            out.fault = at;
            return false;
        }
    }

    const std::string_view m_bytes;
    const CsvFormat& m_format;
    const CsvLimits& m_limits;
    const bool m_atEnd;
};

}  // namespace

RowStart csvRowStart(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits, bool atEnd) {
    const RowStart undecided{
        atEnd || bytes.size() > 2 * limits.quoted ? RowStart::Kind::Unknown : RowStart::Kind::More, 0};
    const Follower follower(bytes, format, limits, atEnd);
    std::size_t line = bytes.find('\n');
    while (line != std::string_view::npos) {
        const std::size_t from = line + 1;
        if (from == bytes.size() && !atEnd) break;
        if (!format.quoting() || from == bytes.size()) return {RowStart::Kind::Found, from};
        const Followed row = follower.follow(from, false);
        const Followed field = follower.follow(from, true);
        if (row.fault && field.fault) {
            // A broken row: what is behind it may be told apart again.
            line = bytes.find('\n', std::max(*row.fault, *field.fault));
            continue;
        }
        if (field.fault) return {RowStart::Kind::Found, from};
        if (row.fault && field.row) return {RowStart::Kind::Found, *field.row};
        return undecided;
    }
    return undecided;
}

}  // namespace rw
