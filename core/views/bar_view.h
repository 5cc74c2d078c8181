// Data behind a bar chart: the latest value of each category, or those of the newest complete window.
#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

enum class BarOrder { Largest, Smallest, Name };

struct BarInfo {
    ChartColumn category, value;
    ChartColumn windowStart{}, windowEnd{};  ///< present: rows of windows
    int eventTime = -1;
    std::size_t top = 10;
    BarOrder order = BarOrder::Largest;
    std::string unit{};
    std::string timeZone = "UTC";
    bool updating = false;
};

struct Bar {
    std::string category;
    double value = 0;
    bool operator==(const Bar&) const = default;
};

struct BarSnapshot {
    ViewTotals totals;
    std::vector<Bar> bars;       ///< at most `top`, in the order asked for
    std::size_t categories = 0;  ///< all that there are; more than bars: the rest is not shown
    /// Bars given up because there were more than BarView::kMaxCategories, or in older windows more than
    /// kMaxBars in all. A category that comes again may be among them more than once.
    std::size_t forgotten = 0;
    Instant windowStart = kMinTimestamp,
            windowEnd = kMinTimestamp;  ///< of the window shown; end kMinTimestamp: none
    bool provisional = false;           ///< the window shown may still change
};

class BarView final : public ViewState {
 public:
    static constexpr std::size_t kMaxCategories = 10'000;
    static constexpr std::size_t kMaxWindows = 64;
    static constexpr std::size_t kMaxBars = 40'000;  ///< of all windows

    explicit BarView(BarInfo info);
    const BarInfo& info() const { return m_info; }

    void add(const Batch& batch);
    BarSnapshot snapshot() const;

 private:
    struct Entry {
        double value = 0;
        std::uint64_t touched = 0;  ///< number of the update; the smallest is given up first
    };
    struct Window {
        Instant start = kMinTimestamp;
        std::unordered_map<std::string, Entry> entries{};
    };
    void take(Window& window, const std::string& category, double value, RowKind kind);
    void bound(Window& window);
    void dropOldWindows();
    void boundWindows();
    void savePicture(StateWriter& out) const override;
    Status restorePicture(const StateReader& state) override;
    bool complete(Instant end) const;

    const BarInfo m_info;
    std::map<Instant, Window> m_windows;  ///< by end; rows without windows have the one entry kMinTimestamp
    std::uint64_t m_updates = 0;
    std::size_t m_forgotten = 0;
};

}  // namespace rw
