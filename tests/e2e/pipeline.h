// What the stories call the things of the window; and what those of mouse and keyboard build, CSV file →
// Window aggregate → Line chart and SQLite, with what must come of it.
#pragma once
#include <string>

#include "tests/e2e/desk.h"

namespace rw::e2e {

inline Way canvas() {
    return {{"list", "Canvas"}};
}
inline Way node(const std::string& title) {
    return {{"list", "Canvas"}, {"list item", title}};
}
inline Way port(const std::string& title, const std::string& name) {
    return {{"list", "Canvas"}, {"list item", title}, {"push button", name}};
}
inline Way wire(const std::string& from, const std::string& to) {
    return node("wire from " + from + " to " + to);
}
/// A parameter in the form; `role` is that of the part that is worked with.
inline Way field(const std::string& label, const std::string& role) {
    return {{"filler", label}, {role, ""}};
}

/// Slow enough to watch and to stop, in rows a second: a window closes each second, for a minute.
inline constexpr const char* kRate = "1000";

/// Fills the cells of an aggregate that has just been added.
void typeAggregate(Desk& desk, const std::string& function, const std::string& column,
                   const std::string& name);
/// Waits until the columns of in.csv have been read from it into the form.
void awaitColumns(const Desk& desk);
/// The part of the chart's card that is its picture.
Thing drawing(const Desk& desk);
/// Waits until it has changed from `before`, and goes on changing: windows come all the time.
void awaitDrawing(const Desk& desk, std::uint64_t before);

/// Types the name of one of the desk's files into the dialog of that title, which asks where to write to.
void answerFileName(Desk& desk, const std::string& dialog, const std::string& file);

/// Waits until two windows of both keys are in the table “sums” of out.sqlite.
void awaitWindows(const Desk& desk);
/// Every window in the table holds what in.csv says.
void checkTable(const Desk& desk);
/// chart.csv holds windows of the chart, with the totals that in.csv says.
void checkExport(const Desk& desk);
/// The program shows the whole pipeline.
void awaitPipeline(const Desk& desk);

}  // namespace rw::e2e
