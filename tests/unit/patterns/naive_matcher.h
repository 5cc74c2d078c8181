// A naive matcher of row patterns: by plain recursion over the tree that the test made itself, with nothing
// of the program's own parser, steps or state. For test_pattern_property.cpp.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rw::test {

struct NaiveRow {
    int id = 0;
    std::string key{};
    std::optional<int> v{};
    long time = 0;
};

struct NaivePattern {
    enum class Kind { Variable, Sequence, Choice, Permute, Repeat, Exclude, Start, End };
    Kind kind = Kind::Sequence;
    int variable = 0;
    int least = 0, most = -1;  ///< −1: without bound
    bool reluctant = false;
    std::vector<NaivePattern> parts{};

    std::string text() const;
};

struct NaiveTaken {
    std::size_t row;  ///< in the partition
    int variable;
    bool excluded;
};
using NaivePath = std::vector<NaiveTaken>;

/// One search; `holds` is asked with the path so far, the row and the variable.
struct NaiveMatcher {
    const std::vector<NaiveRow>& rows;
    std::function<bool(const NaivePath&, std::size_t, int)> holds;
    std::optional<long> within{};
    std::optional<std::size_t> maxRows{};
    std::size_t start = 0;
    NaivePath path{};
    bool excluding = false;
    long steps = 0;
    static constexpr long kMostSteps = 3'000;

    using Then = std::function<bool()>;
    std::size_t at() const { return start + path.size(); }
    /// The preferred match from `from` on is in `path`.
    bool search(const NaivePattern& pattern, std::size_t from);
    bool match(const NaivePattern& part, const Then& then);
    bool repeat(const NaivePattern& part, int done, const Then& then);
    bool permute(const NaivePattern& part, std::vector<bool>& used, std::size_t left, const Then& then);
};

}  // namespace rw::test
