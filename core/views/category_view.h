// Data behind charts over categories, a number for each: of rows of windows those of the newest complete
// window, of changing rows those of the table that they describe, else the latest of each category.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/sql/aggregates/exact_sum.h"
#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

struct CategoryInfo {
    ChartColumn category, value;
    ChartColumn windowStart{}, windowEnd{};  ///< present: rows of windows
    int eventTime = -1;
    std::string unit{};
    std::string timeZone = "UTC";
    bool updating = false;
};

struct CategoryValue {
    std::string category;
    double value = 0;
    bool operator==(const CategoryValue&) const = default;
};

/// The largest value first, equal ones by name.
bool largerFirst(const CategoryValue& a, const CategoryValue& b);

/// The data of pictures over categories besides their values.
struct CategoryShot {
    ViewTotals totals;
    /// Categories given up because there were more than CategoryView::kMaxCategories, or in older windows
    /// more than kMaxInWindows in all. One that comes again may be among them more than once.
    std::size_t forgotten = 0;
    std::uint64_t blank = 0;  ///< rows of the window or table shown that have no value to draw
    Instant windowStart = kMinTimestamp,
            windowEnd = kMinTimestamp;  ///< of the window shown; end kMinTimestamp: none
    bool provisional = false;           ///< the window shown may still change
};

/// What of the data is shown.
struct CategoryQuery {
    bool finalOnly = false;  ///< no window that may still change
    std::function<bool(const std::string& category)> keeps{};  ///< null: all categories
};

/// Rows of one window or table that share a category add up: which of them came last depends on the threads.
/// A row taken back leaves the sum exactly, and a category leaves with its last row. So rows need no key: a
/// change is the row as it was, taken back, and the row as it is.
class CategoryView : public ViewState {
 public:
    static constexpr std::size_t kMaxCategories = 10'000;
    static constexpr std::size_t kMaxWindows = 64;
    static constexpr std::size_t kMaxInWindows = 40'000;  ///< categories of all windows

    const CategoryInfo& input() const { return m_input; }
    void add(const Batch& batch);

 protected:
    explicit CategoryView(const CategoryInfo& input);
    /// All values to be shown, in no order.
    std::vector<CategoryValue> copyShown(CategoryShot& shot, const CategoryQuery& query) const;

 private:
    struct Entry {
        double value = 0;
        sql::ExactSum sum{};  ///< where rows add up
        std::uint64_t rows = 0;
        std::uint64_t touched = 0;  ///< number of the update; the smallest is given up first
    };
    struct Window {
        Instant start = kMinTimestamp;
        std::uint64_t blank = 0;
        std::unordered_map<std::string, Entry> entries{};
    };
    Instant endAt(const Batch& batch, std::size_t row) const;
    Window& windowOf(const Batch& batch, std::size_t row);
    void put(Entry& entry, double value);
    void takeBack(Instant end, const std::string& category, std::optional<double> value);
    void dropOldWindows();
    void boundWindows();
    void fields(StateFields& state) override;
    bool complete(Instant end) const;

    const CategoryInfo m_input;
    const bool m_addsUp;
    std::map<Instant, Window> m_windows;  ///< by end; rows without windows have the one entry kMinTimestamp
    std::uint64_t m_updates = 0;
    std::size_t m_forgotten = 0;
};

}  // namespace rw
