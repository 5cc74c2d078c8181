// Shared by forms for Spark: which column Spark takes for the event time, and the remarks on nodes.
//
// Spark tells the event time of a stream by a mark on a column, and wants one such column only where rows are
// grouped or joined. Rows as a source sends them have it on their event-time column. Rows that a node made
// (StreamType::made) have it on a column of the program's own, `$time`: the event time of a window is its end
// less a millisecond here, less a microsecond there.
#pragma once
#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/deploy/form.h"

namespace rw {

/// The variable that brings the rows of a wire.
std::string sparkRows(const NodeForm& form, int port = 0, std::size_t wire = 0);
/// `name = value`, the statement that makes an output.
void sparkView(NodeForm& form, const std::string& value, std::string_view output = {}, std::string note = {});

/// Those of `rows`, rows of the input, for which a condition holds. Spark moves a filter that does not look
/// at the event time below the watermark, which the rows that it drops then no longer raise.
std::string sparkWhere(const NodeForm& form, const std::string& rows, const std::string& condition);

bool sparkTimed(const StreamType& stream);
/// The name of the column with the mark. Only of streams that have event time.
std::string sparkTimeColumn(const StreamType& stream);
/// The value of a column without the mark; `column` is quoted and may be qualified.
std::string sparkPlainTime(const std::string& column);
/// Whether a column of the stream has the mark.
bool sparkMarked(const StreamType& stream, std::size_t column);
/// Column `column` of the stream as an element of a select list, without the mark.
std::string sparkPlainItem(const NodeForm& form, const StreamType& stream, std::size_t column);
/// All columns so, as literals; with `time` also the event time as `$time`: the output of a node that makes
/// rows.
std::vector<std::string> sparkPlainItems(const NodeForm& form, const StreamType& stream, bool time);
/// The columns that a parameter names, as select items without the mark.
std::vector<std::string> sparkKeys(NodeForm& form, std::string_view param);
/// The same, names alone, quoted.
std::vector<std::string> sparkKeyNames(NodeForm& form, std::string_view param);

/// “10 seconds”: an interval as Spark's functions take it.
std::string sparkSpan(Millis span);
/// The same as a literal of SQL.
std::string sparkSpanLiteral(const NodeForm& form, Millis span);

// Remarks on nodes. Those that return whether the node was refused add the reason.
void sparkRefuse(NodeForm& form, Text what, Text fix, std::string_view param = {});
/// A node with a column that is called as a hidden one of the program: `$time`.
bool sparkRefuseHidden(NodeForm& form);
bool sparkRefuseChanging(NodeForm& form);
bool sparkRefuseLatePort(NodeForm& form, std::string_view port);
bool sparkRefuseStateTtl(NodeForm& form);
/// Whether one of these was so; all were asked, for each says why.
inline bool sparkRefused(std::initializer_list<bool> answers) {
    return std::max(answers);
}
/// Of nodes that go by the clock; of those with windows also that the last ones stay open.
void sparkSayTimed(NodeForm& form, bool windows);
/// For a node whose rejected rows are read: none leave, for a row that fails ends the job.
void sparkNoRejected(NodeForm& form);
/// Adds the remark that changes come by micro-batches.
void sparkSayChanging(NodeForm& form);

}  // namespace rw
