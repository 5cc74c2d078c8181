// Data behind a @type@: the newest value of a column.
#pragma once
#include <optional>
#include <string>

#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

struct @Name@Info {
    ChartColumn value;
    std::string unit{};
    std::string timeZone = "UTC";
};

struct @Name@Snapshot {
    ViewTotals totals;
    std::optional<double> value{};  ///< nothing yet: no value came
};

class @Name@View final : public ViewState {
 public:
    explicit @Name@View(@Name@Info info) : m_info(std::move(info)) {}
    const @Name@Info& info() const { return m_info; }

    void add(const Batch& batch, Instant arrived);
    @Name@Snapshot snapshot() const;

 private:
    void savePicture(StateWriter& out) const override;
    Status restorePicture(const StateReader& state) override;

    const @Name@Info m_info;
    std::optional<double> m_value;
};

}  // namespace rw
