#include "core/pipeline_tests/row_match.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <unordered_map>

#include "core/data/text.h"
#include "core/pipeline_tests/test_values.h"

namespace rw {

namespace {

constexpr std::size_t kMostTried = 4'000'000;  // pairs of rows that are looked at for the best pairing
constexpr std::size_t kMostInTurn = 1'000;     // rows that came that one is held against at first
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
    bool isTolerant(std::size_t column) const {
        return (m_rules.within > 0 || m_rules.relative > 0) && m_columns[column].type.is(TypeId::Double);
    }
    bool hasTolerance() const {
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            if (isTolerant(column)) return true;
        }
        return false;
    }
    static bool saysAll(const ExpectedRow& row) {
        return std::none_of(row.begin(), row.end(), [](const ExpectedCell& cell) { return cell.any; });
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

    static const Value& valueOf(const Value& cell) { return cell; }
    static const Value& valueOf(const ExpectedCell& cell) { return cell.value; }

    /// One text for equal cells of these columns, and for no others.
    template <class Row>
    std::string textOf(const Row& row, const std::vector<std::size_t>& columns) const {
        std::string text;
        for (const std::size_t column : columns)
            text += identityOf(valueOf(row[column]), m_columns[column].type);
        return text;
    }

    /// Rows that have the same cells in the columns that decide: only these can become pairs.
    struct Group {
        std::vector<std::size_t> expected{}, got{};
    };

    void pairAsSet() {
        pairSameTexts();
        // Without a tolerance, a row that says all of its values fits only rows of its text: whichever it
        // has, no other row needs that one more. All others may have to change their partners.
        const bool tolerant = hasTolerance();
        std::vector<std::size_t> inexact;
        bool allPaired = true;
        for (std::size_t expected = 0; expected < m_expected.size(); ++expected) {
            if (!tolerant && saysAll(m_expected[expected])) continue;
            inexact.push_back(expected);
            allPaired = allPaired && m_ofExpected[expected] != kNobody;
        }
        if (allPaired) return;
        std::vector<std::size_t> deciding, numbers;
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            const bool any = std::any_of(inexact.begin(), inexact.end(), [&](std::size_t expected) {
                return m_expected[expected][column].any;
            });
            if (!any) (isTolerant(column) ? numbers : deciding).push_back(column);
        }
        std::map<std::string, Group> groups;
        for (const std::size_t expected : inexact)
            groups[textOf(m_expected[expected], deciding)].expected.push_back(expected);
        for (std::size_t got = 0; got < m_got.size(); ++got) {
            if (!tolerant && m_ofGot[got] != kNobody) continue;
            const auto found = groups.find(textOf(m_got[got], deciding));
            if (found != groups.end()) found->second.got.push_back(got);
        }
        for (const auto& [text, group] : groups) {
            pairInTurn(group, numbers);
            for (const std::size_t expected : group.expected) {
                if (m_ofExpected[expected] == kNobody && m_triesLeft > 0) find(expected, group.got);
            }
        }
    }

    /// Rows that say all of their values, with those that have the very same. With a tolerance that is only a
    /// start: of 1.0 and 0.95 with 0.1, the 1.0 that came may have to go to the 0.95, if the other row that
    /// came is 1.08. find() sees to that.
    void pairSameTexts() {
        std::vector<std::size_t> all;
        for (std::size_t column = 0; column < m_columns.size(); ++column) all.push_back(column);
        std::unordered_map<std::string, std::vector<std::size_t>> byText;
        for (std::size_t got = m_got.size(); got-- > 0;) byText[textOf(m_got[got], all)].push_back(got);
        for (std::size_t expected = 0; expected < m_expected.size(); ++expected) {
            if (!saysAll(m_expected[expected])) continue;
            const auto found = byText.find(textOf(m_expected[expected], all));
            if (found == byText.end() || found->second.empty()) continue;
            pair(expected, found->second.back());
            found->second.pop_back();
        }
    }

    /// Rows of a group that have no partner yet, each with the first that fits: those that say all of their
    /// values first. In the order of their numbers, so that rows that fit are near each other in both lists.
    void pairInTurn(const Group& group, const std::vector<std::size_t>& numbers) {
        const auto isFree = [](const std::vector<std::size_t>& of) {
            return [&of](std::size_t row) { return of[row] == kNobody; };
        };
        std::vector<std::size_t> expected, got;
        std::copy_if(group.expected.begin(), group.expected.end(), std::back_inserter(expected),
                     isFree(m_ofExpected));
        std::copy_if(group.got.begin(), group.got.end(), std::back_inserter(got), isFree(m_ofGot));
        sortByNumbers(expected, m_expected, numbers);
        sortByNumbers(got, m_got, numbers);
        std::stable_partition(expected.begin(), expected.end(),
                              [&](std::size_t row) { return saysAll(m_expected[row]); });
        std::list<std::size_t> left(got.begin(), got.end());
        for (const std::size_t row : expected) {
            std::size_t tried = 0;
            auto other = left.begin();
            while (other != left.end() && tried < kMostInTurn && !fits(row, *other)) ++other, ++tried;
            if (other == left.end() || tried == kMostInTurn) continue;
            pair(row, *other);
            left.erase(other);
        }
    }
    template <class Row>
    static void sortByNumbers(std::vector<std::size_t>& rows, const std::vector<Row>& of,
                              const std::vector<std::size_t>& numbers) {
        // NULL and NaN are before all numbers.
        const auto numberAt = [&](std::size_t row, std::size_t column) {
            const double* const number = std::get_if<double>(&valueOf(of[row][column]));
            return number != nullptr && !std::isnan(*number) ? *number
                                                             : -std::numeric_limits<double>::infinity();
        };
        std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
            for (const std::size_t column : numbers) {
                const double left = numberAt(a, column), right = numberAt(b, column);
                if (left < right || right < left) return left < right;
            }
            return false;
        });
    }

    /// The augmenting path of a bipartite matching, without recursion: rows that were paired make way for
    /// others. Whatever the pairs were before, there are as many as can be once it found none for any row.
    void find(std::size_t expected, const std::vector<std::size_t>& left) {
        struct Seeking {
            std::size_t expected, next, through;
        };
        m_tried.assign(left.size(), false);
        std::vector<Seeking> path{{expected, 0, kNobody}};
        while (!path.empty()) {
            Seeking& at = path.back();
            if (at.next == left.size()) {
                path.pop_back();
                continue;
            }
            if (m_triesLeft == 0) return;
            --m_triesLeft;
            const std::size_t place = at.next++;
            const std::size_t got = left[place];
            if (m_tried[place] || !fits(at.expected, got)) continue;
            m_tried[place] = true;
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
    std::vector<bool> m_tried{};                     ///< of the rows of a group that came, in one search
    std::size_t m_triesLeft = kMostTried;            ///< of all searches
};

}  // namespace

RowMismatches matchRows(const std::vector<MatchColumn>& columns, const std::vector<ExpectedRow>& expected,
                        const std::vector<ValueRow>& got, const MatchRules& rules) {
    return RowMatch(columns, expected, got, rules).run();
}

}  // namespace rw
