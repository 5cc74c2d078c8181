#include "core/pipeline_tests/row_match.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

#include "core/data/text.h"
#include "core/pipeline_tests/test_values.h"

namespace rw {

namespace {

constexpr std::size_t kMostTried = 4'000'000;  // pairs of rows that are looked at for the best pairing
constexpr std::size_t kMostInTurn =
    1'000;                               // rows that came that one is held against where it is not the best
constexpr std::size_t kMostAlike = 300;  // rows of each side among which changed ones are sought
constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

std::string identityOf(const Value& value, Type type) {
    if (isNull(value)) return "-";
    const double* const number = std::get_if<double>(&value);
    const std::string text = number != nullptr && *number == 0 ? "0" : toText(value, type);
    return std::to_string(text.size()) + ":" + text;
}

/// Pairs rows of both sides.
class RowMatch {
 public:
    RowMatch(const std::vector<MatchColumn>& columns, const std::vector<ExpectedRow>& expected,
             const std::vector<ValueRow>& got, const MatchRules& rules)
        : m_columns(columns),
          m_expected(expected),
          m_got(got),
          m_rules(rules),
          m_ofExpected(expected.size(), kNobody),
          m_ofGot(got.size(), kNobody) {}

    RowMismatches run() {
        RowMismatches out;
        for (const MatchColumn& column : m_columns) out.columns.push_back(column.name);
        pairAsSet();
        const auto unpaired = [](const std::vector<std::size_t>& of) {
            return std::count(of.begin(), of.end(), kNobody);
        };
        const bool allThere = unpaired(m_ofExpected) == 0 && unpaired(m_ofGot) == 0;
        if (allThere && m_rules.ordered) out.otherOrder = !sameInOrder();
        if (!allThere || out.otherOrder) report(out);
        return out;
    }

 private:
    bool fits(const ExpectedCell& expected, const Value& got) const {
        return expected.any || sameValue(expected.value, got, toleranceOf(expected.value, got));
    }
    double toleranceOf(const Value& a, const Value& b) const {
        const double* const left = std::get_if<double>(&a);
        const double* const right = std::get_if<double>(&b);
        if (m_rules.relative <= 0 || left == nullptr || right == nullptr) return m_rules.within;
        // Of an infinite one it would be infinite, too.
        if (!std::isfinite(*left) || !std::isfinite(*right)) return m_rules.within;
        return std::max(m_rules.within, m_rules.relative * std::max(std::abs(*left), std::abs(*right)));
    }
    bool fits(std::size_t expected, std::size_t got) const {
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            if (!fits(m_expected[expected][column], m_got[got][column])) return false;
        }
        return true;
    }
    bool isExact(const ExpectedRow& row) const {
        for (std::size_t column = 0; column < row.size(); ++column) {
            const bool tolerant = m_rules.within > 0 || m_rules.relative > 0;
            const bool inexact = tolerant && m_columns[column].type.is(TypeId::Double);
            if (row[column].any || inexact) return false;
        }
        return true;
    }
    bool sameInOrder() const {
        for (std::size_t i = 0; i < m_expected.size(); ++i) {
            if (!fits(i, i)) return false;
        }
        return true;
    }
    void pair(std::size_t expected, std::size_t got) {
        m_ofExpected[expected] = got;
        m_ofGot[got] = expected;
    }

    /// Rows that say all of their values first: they take nothing from the others that those would need.
    void pairAsSet() {
        std::unordered_map<std::string, std::vector<std::size_t>> byText;
        for (std::size_t got = m_got.size(); got-- > 0;) {
            std::string text;
            for (std::size_t i = 0; i < m_columns.size(); ++i)
                text += identityOf(m_got[got][i], m_columns[i].type);
            byText[text].push_back(got);
        }
        std::vector<std::size_t> inexact;
        for (std::size_t expected = 0; expected < m_expected.size(); ++expected) {
            if (!isExact(m_expected[expected])) {
                inexact.push_back(expected);
                continue;
            }
            std::string text;
            for (std::size_t i = 0; i < m_columns.size(); ++i)
                text += identityOf(m_expected[expected][i].value, m_columns[i].type);
            const auto found = byText.find(text);
            if (found == byText.end() || found->second.empty()) continue;
            pair(expected, found->second.back());
            found->second.pop_back();
        }
        std::vector<std::size_t> left;
        for (std::size_t got = 0; got < m_got.size(); ++got) {
            if (m_ofGot[got] == kNobody) left.push_back(got);
        }
        const std::size_t tries = inexact.size() * left.size();
        if (inexact.size() > 0 && tries > kMostTried / inexact.size())
            return pairInTurn(inexact, std::move(left));
        for (const std::size_t expected : inexact) {
            m_tried.assign(m_got.size(), false);
            find(expected, left);
        }
    }

    void pairInTurn(const std::vector<std::size_t>& inexact, std::vector<std::size_t> left) {
        for (const std::size_t expected : inexact) {
            const auto end = left.begin() + static_cast<std::ptrdiff_t>(std::min(left.size(), kMostInTurn));
            const auto found =
                std::find_if(left.begin(), end, [&](std::size_t got) { return fits(expected, got); });
            if (found == end) continue;
            pair(expected, *found);
            left.erase(found);
        }
    }

    /// The augmenting path of a bipartite matching, without recursion: rows that were paired make way for
    /// others.
    void find(std::size_t expected, const std::vector<std::size_t>& left) {
        struct Seeking {
            std::size_t expected, next, through;
        };
        std::vector<Seeking> path{{expected, 0, kNobody}};
        while (!path.empty()) {
            Seeking& at = path.back();
            if (at.next == left.size()) {
                path.pop_back();
                continue;
            }
            const std::size_t got = left[at.next++];
            if (m_tried[got] || !fits(at.expected, got)) continue;
            m_tried[got] = true;
            at.through = got;
            if (m_ofGot[got] == kNobody) {
                for (const Seeking& one : path) pair(one.expected, one.through);
                return;
            }
            path.push_back({m_ofGot[got], 0, kNobody});
        }
    }

    /// With an order: pairs that cross others are no pairs.
    void keepOrdered() {
        std::vector<std::size_t> expected(m_expected.size(), kNobody), got(m_got.size(), kNobody);
        const std::size_t rows = m_expected.size(), others = m_got.size();
        if ((rows + 1) * (others + 1) > kMostTried) {  // as far as both are alike from the start
            for (std::size_t i = 0; i < std::min(rows, others) && fits(i, i); ++i) expected[i] = got[i] = i;
        } else {
            std::vector<std::uint32_t> longest((rows + 1) * (others + 1), 0);
            const auto at = [&](std::size_t e, std::size_t g) -> std::uint32_t& {
                return longest[e * (others + 1) + g];
            };
            for (std::size_t e = rows; e-- > 0;) {
                for (std::size_t g = others; g-- > 0;)
                    at(e, g) = fits(e, g) ? at(e + 1, g + 1) + 1 : std::max(at(e + 1, g), at(e, g + 1));
            }
            for (std::size_t e = 0, g = 0; e < rows && g < others;) {
                if (fits(e, g) && at(e, g) == at(e + 1, g + 1) + 1) {
                    expected[e] = g;
                    got[g] = e;
                    ++e, ++g;
                } else {
                    at(e + 1, g) >= at(e, g + 1) ? ++e : ++g;
                }
            }
        }
        m_ofExpected = std::move(expected);
        m_ofGot = std::move(got);
    }

    std::vector<std::string> shown(const ExpectedRow& row) const {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < row.size(); ++i)
            out.push_back(row[i].any ? "*" : shownValue(row[i].value, m_columns[i].type));
        return out;
    }
    std::vector<std::string> shown(const ValueRow& row) const {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < row.size(); ++i) out.push_back(shownValue(row[i], m_columns[i].type));
        return out;
    }

    /// The row of `unexpected` that is most like `expected`; kNobody: none has half of its values.
    std::size_t mostAlike(std::size_t expected, const std::vector<std::size_t>& unexpected) const {
        std::size_t best = kNobody, most = 0;
        for (std::size_t i = 0; i < unexpected.size(); ++i) {
            std::size_t alike = 0;
            for (std::size_t column = 0; column < m_columns.size(); ++column)
                alike += fits(m_expected[expected][column], m_got[unexpected[i]][column]) ? 1U : 0U;
            if (alike > most && 2 * alike >= m_columns.size()) {
                most = alike;
                best = i;
            }
        }
        return best;
    }

    void report(RowMismatches& out) {
        if (m_rules.ordered) keepOrdered();
        std::vector<std::size_t> missing, unexpected;
        for (std::size_t i = 0; i < m_expected.size(); ++i) {
            if (m_ofExpected[i] == kNobody) missing.push_back(i);
        }
        for (std::size_t i = 0; i < m_got.size(); ++i) {
            if (m_ofGot[i] == kNobody) unexpected.push_back(i);
        }
        std::vector<RowMismatch> changed, gone;
        const bool seeks = !out.otherOrder && missing.size() <= kMostAlike && unexpected.size() <= kMostAlike;
        for (const std::size_t expected : missing) {
            const std::size_t alike = seeks ? mostAlike(expected, unexpected) : kNobody;
            if (alike == kNobody) {
                ++out.missing;
                if (gone.size() < RowMismatches::kMostShown)
                    gone.push_back({RowMismatch::Kind::Missing, shown(m_expected[expected]), {}, {}});
                continue;
            }
            const ValueRow& row = m_got[unexpected[alike]];
            RowMismatch one{RowMismatch::Kind::Changed, shown(m_expected[expected]), shown(row), {}};
            for (std::size_t column = 0; column < m_columns.size(); ++column)
                one.differs.push_back(!fits(m_expected[expected][column], row[column]));
            changed.push_back(std::move(one));
            unexpected.erase(unexpected.begin() + static_cast<std::ptrdiff_t>(alike));
        }
        out.changed = changed.size();
        out.unexpected = unexpected.size();
        out.rows = std::move(gone);
        changed.resize(std::min(changed.size(), RowMismatches::kMostShown));
        for (RowMismatch& one : changed) out.rows.push_back(std::move(one));
        unexpected.resize(std::min(unexpected.size(), RowMismatches::kMostShown));
        for (const std::size_t got : unexpected)
            out.rows.push_back({RowMismatch::Kind::Unexpected, {}, shown(m_got[got]), {}});
    }

    const std::vector<MatchColumn>& m_columns;
    const std::vector<ExpectedRow>& m_expected;
    const std::vector<ValueRow>& m_got;
    const MatchRules& m_rules;
    std::vector<std::size_t> m_ofExpected, m_ofGot;  ///< the partner of each; kNobody: none
    std::vector<bool> m_tried{};                     ///< of `got`, in one search
};

}  // namespace

RowMismatches matchRows(const std::vector<MatchColumn>& columns, const std::vector<ExpectedRow>& expected,
                        const std::vector<ValueRow>& got, const MatchRules& rules) {
    return RowMatch(columns, expected, got, rules).run();
}

}  // namespace rw
