// Declaration of a node's parameter: forms, JSON, validation, help and completion all read this.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/pipeline/access.h"
#include "core/pipeline/pipeline.h"

namespace rw {

enum class ParamKind {
    Boolean,
    Integer,           ///< JSON number
    Number,            ///< JSON number
    Duration,          ///< JSON string, "5s"
    Choice,            ///< JSON string, one of `choices`
    String,            ///< JSON string, one line
    Character,         ///< JSON string of at most one character
    InputPath,         ///< JSON string: a file, folder or glob to read
    OutputPath,        ///< JSON string: a file to write
    Condition,         ///< JSON string: SQL of type BOOLEAN over the input's columns
    JoinCondition,     ///< JSON string: the same over the columns of two inputs, `left.a = right.b`
    ColumnName,        ///< JSON string: a column of the input (of a source: one of its own columns)
    ColumnNames,       ///< JSON array of column names
    SelectItems,       ///< JSON array of "expr AS name"
    Aggregates,        ///< JSON array of "SUM(x) AS s"
    SortItems,         ///< JSON array of "column DESC"
    Branches,          ///< JSON array of "name: condition"
    ColumnDefs,        ///< JSON array of "name TYPE", of messages also "name TYPE FROM '$.path'"
    GeneratorColumns,  ///< JSON array of "name TYPE = expr"
    ValueRows,         ///< JSON array of arrays, typed by the parameter `columns`
    PythonCode,        ///< JSON string, many lines: Python
    StringMap,         ///< JSON object of texts: names and their values
    Connection,        ///< JSON string: the name of a connection to a system of one of the kinds in `choices`
    Connections,       ///< JSON array of such names; of `words`, too
    RowPattern         ///< JSON string: a pattern over rows, `A B+ (C | D)`
};

struct Choice {
    std::string value;
    Text label;
};

/// The parameter only applies while parameter `param` has one of `values`; otherwise validation ignores it,
/// and forms hide it, or with a value of `instead` show it dashed with the reason.
struct AppliesWhen {
    std::string param;
    std::vector<std::string> values;
    std::vector<std::pair<std::string, Text>> instead{};
};

/// Two ways with a parameter as a person sees them: leaving it at its default, or giving it a value, first
/// `value`. Each has a line of explanation.
struct Alternative {
    Text without, withoutHelp;
    Text with, withHelp;
    Json value;
};

struct ParamSpec {
    std::string name;  ///< JSON key
    ParamKind kind = ParamKind::String;
    Text label;                   ///< in the form
    Text help;                    ///< sentences, for tooltip and help page; code stands between backticks
    Json defaultValue = nullptr;  ///< null: none
    bool required = false;
    std::optional<double> min{}, max{};  ///< Integer, Number: inclusive; Duration: milliseconds
    Text unit{};                         ///< “rows/s”
    std::vector<Choice>
        choices{};  ///< Choice: the values; Connection(s): the kinds that fit, all of them named
    std::vector<Choice> words{};  ///< Connections: texts that stand for themselves, and name none
    std::optional<AppliesWhen> appliesWhen{};
    std::optional<Alternative> alternative{};  ///< Duration: forms ask this first
    /// ColumnName(s): which types fit: "timestamp", "numeric", "numeric or timestamp", "text", "boolean";
    /// "label": all but BYTES; empty: any. SelectItems: those of the columns that forms propose.
    std::string columnTypes{};
    std::optional<AppliesWhen> anyTypeWhen{};  ///< ColumnName: then columns of any type fit after all
    Text section{};                            ///< heading in the form; empty: under the previous one
    bool advanced = false;                     ///< folded away in forms
    /// OutputPath: the parameter that names the part of the file that is written (a table of a database, in
    /// any case of its letters); others may write other parts. Empty: the whole file.
    std::string part{};
    PartStateFn partState = nullptr;    ///< OutputPath with `part`: the state of that part of the file
    /// Names what a node with a Connection reads or writes there (a topic, a table): people are told before a
    /// run.
    bool subject = false;
    std::optional<AppliesWhen> adds{};  ///< OutputPath: rows are only added then, and others may add theirs
    /// OutputPath: rows are written where they stay then, also those of a run that fails. Else that is so of
    /// runs that do not end by themselves; others put all in place at their end.
    std::optional<AppliesWhen> keeps{};
};

/// A declaration in one line; further fields are set in the result.
ParamSpec makeParam(std::string name, ParamKind kind, Text label, Text help, Json defaultValue = nullptr);

/// The value of a parameter with its default: `params[spec.name]`, else spec.defaultValue.
const Json& paramValue(const ParamSpec& spec, const Json& params);

}  // namespace rw
