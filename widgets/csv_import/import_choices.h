// The user's choices for a CSV file before it becomes a source, beginning with guesses.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/csv/preview.h"
#include "core/data/schema.h"
#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// How a source writes in its parameters what was chosen: functions of core/nodes, which app hands in as it
/// does the catalogue.
struct CsvParams {
    CsvFormat (*formatOf)(const Json& params);
    Json (*paramsOf)(const CsvFormat& format);
    std::string (*columnOf)(const Field& column);
};

class ImportChoices {
 public:
    /// The file was looked at, perhaps once more in another format: choices made by hand stay, column by
    /// column and by name, where they are still possible.
    void see(CsvPreview preview);

    const CsvPreview& preview() const { return m_preview; }
    std::size_t size() const { return m_preview.columns.size(); }

    /// Nothing: the column is left out.
    std::optional<Type> type(std::size_t column) const { return m_types[column]; }
    /// The types that are offered for it; a column can be left out as long as columns are found by their
    /// names.
    std::vector<std::optional<Type>> offered(std::size_t column) const;
    void setType(std::size_t column, std::optional<Type> type);

    /// A column is imported as text though most of its values are of this type; nothing: it is not.
    std::optional<Type> otherThanText(std::size_t column) const;
    /// Those of numbers are: their values are not wrong, but written otherwise than the format said.
    void takeNumbers();

    /// -1: there is none.
    int eventTime() const { return m_eventTime; }
    /// The columns that can be the event time: those that are times, and whose values may be.
    std::vector<std::size_t> timeColumns() const;
    void setEventTime(int column);
    /// The unit of the numbers in the columns that are times.
    CsvFormat::Epoch epoch() const { return m_epoch; }
    /// How far rows lie behind the newest one before them, by the event time; 0: in order, or there is none.
    Millis disorder() const;
    /// The watermark delay that keeps those rows, and rows of the same time, from being late. They may be
    /// late all the same: without it. 0: no row needs one.
    Millis likelyDelay() const;
    bool isDelayed() const { return m_delayed; }
    void setDelayed(bool delayed) { m_delayed = delayed; }
    /// The file's format with that.
    CsvFormat format() const;

    /// The values that are not of the chosen type.
    const CsvMisfits& misfits(std::size_t column) const;
    /// Whether there is anything to import.
    bool possible() const;
    /// The parameters of the source, without those that have their default.
    Json params(const CsvParams& writing) const;

 private:
    void guess();
    CsvFormat::Epoch epochOfTimes() const;

    CsvPreview m_preview{};
    std::vector<std::optional<Type>> m_types{};
    int m_eventTime = -1;
    bool m_delayed = true;
    CsvFormat::Epoch m_epoch = CsvFormat::Epoch::None;
    std::map<std::string, std::optional<Type>> m_byHand{};  ///< by the column's name
    std::optional<std::string> m_timeByHand{};              ///< its name; empty: none
};

}  // namespace rw::ui
