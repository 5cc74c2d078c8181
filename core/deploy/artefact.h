// The common parts of artefacts of all engines: a head with verdicts and variables, comments that name nodes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/translation.h"

namespace rw {

/// “bids: approximated. An empty text … Holds while every row has as many cells as there are columns.”
std::string verdictLine(const NodeId& node, const NodeVerdict& verdict);

/// The text for a comment on one line: no line breaks, and nothing that a reader of statements could take
/// for the end of one or the begin of a text.
std::string commentText(std::string_view text);

/// Lines without marks of a comment: the source, the version that wrote it, and each node's verdict.
std::vector<std::string> headLines(const Pipeline& pipeline, const Translation& translation,
                                   std::string_view words);
/// Whether a text with this begin was written here, by any version: the first comment says so.
bool isArtefact(std::string_view text);
/// Each line behind `mark`.
std::string commented(const std::vector<std::string>& lines, std::string_view mark);

/// What the statements leave open (Translation::blanks), for a head: each with its value here, or where a
/// secret is to be; `other` says how to give another value. No lines where nothing is open.
std::vector<std::string> blankLines(const Translation& translation, std::string_view other);

/// “node: per_minute (window_aggregate), port late”.
std::string nodeLine(const Statement& statement);

/// The pipeline's variables that statements name, and their values.
std::vector<Variable> usedVariables(const Pipeline& pipeline, const Translation& translation,
                                    const TranslateOptions& options);

}  // namespace rw
