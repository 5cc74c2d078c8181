// The names of things of the window in the stories; and the pipeline that those of mouse and keyboard build,
// CSV file → Window aggregate → Line chart and SQLite, with its expected result.
#pragma once
#include <string>

#include "tests/e2e/designer_fixture.h"

namespace rw::e2e {

inline ElementPath canvas() {
    return {{"list", "Canvas"}};
}
inline ElementPath node(const std::string& title) {
    return {{"list", "Canvas"}, {"list item", title}};
}
inline ElementPath port(const std::string& title, const std::string& name) {
    return {{"list", "Canvas"}, {"list item", title}, {"push button", name}};
}
inline ElementPath wire(const std::string& from, const std::string& to) {
    return node("wire from " + from + " to " + to);
}
/// A parameter in the form; `role` is that of the part that is worked with.
inline ElementPath field(const std::string& label, const std::string& role) {
    return {{"filler", label}, {role, ""}};
}

/// Slow enough to watch and to stop, in rows a second: a window closes each second, for a minute.
inline constexpr const char* kRate = "1000";

/// Fills the cells of an aggregate that has just been added.
void typeAggregate(DesignerFixture& designer, const std::string& function, const std::string& column,
                   const std::string& name);
/// Waits until the columns of in.csv have been read from it into the form.
void awaitColumns(const DesignerFixture& designer);
/// The part of the chart's card that is its picture.
Element drawing(const DesignerFixture& designer);
/// Waits until it has changed from `before`, and goes on changing: windows come all the time.
void awaitDrawing(const DesignerFixture& designer, std::uint64_t before);

/// Types the name of one of the folder's files into the dialog of that title, which asks where to write to.
void answerFileName(DesignerFixture& designer, const std::string& dialog, const std::string& file);

/// Waits until two windows of both keys are in the table “sums” of out.sqlite.
void awaitWindows(const DesignerFixture& designer);
/// Every window in the table holds the values from in.csv.
void checkTable(const DesignerFixture& designer);
/// chart.csv holds windows of the chart, with the totals that in.csv says.
void checkExport(const DesignerFixture& designer);
/// The program shows the whole pipeline.
void awaitPipeline(const DesignerFixture& designer);

}  // namespace rw::e2e
