// Where a run stands and why, in words; and what its last step changed.
#pragma once
#include <QCoreApplication>
#include <QString>

#include "core/runtime/metrics/metrics.h"
#include "core/runtime/stepping/until.h"

namespace rw::ui {

class HaltWords {
    Q_DECLARE_TR_FUNCTIONS(rw::ui::HaltWords)

 public:
    /// “At the breakpoint “Orders”: n=123, k=1, and 2 more rows of its batch”. `pipeline` has the titles.
    static QString of(const Halt& halt, const Pipeline& pipeline);
    /// While a step has not come to its end.
    static QString underWay();
    /// “Orders · rows late” with the condition behind it.
    static QString nameOf(const Breakpoint& breakpoint, const Pipeline& pipeline);
    /// “Orders +10, Even +8”: the rows that nodes gave, those with the most first; empty: none did.
    static QString changes(const RunMetrics& before, const RunMetrics& after, const Pipeline& pipeline);

 private:
    static QString atBreakpoint(const Halt& halt, const Pipeline& pipeline);
};

}  // namespace rw::ui
