// Variables of a pipeline: their values in a run, and their place in parameters.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/validate.h"

namespace rw {

using Variables = std::map<std::string, std::string>;

/// The pipeline's variables with the values given for this run; an override that names none is a warning.
Variables variablesOf(const Pipeline& pipeline, const ValidateOptions& options, std::vector<Issue>& issues);

/// The pipeline with the values of this run in its parameters instead of `${name}`.
Pipeline withVariables(Pipeline pipeline, const ValidateOptions& options);

/// Whether a text somewhere in `value` names a variable or holds an escaped `$${`, so that the text in the
/// file is not the one that a run uses.
bool usesVariables(const Json& value);

/// substitute() in every text in `value`.
void substituteAll(Json& value, const Variables& variables, std::vector<std::string>& unknown);

/// Puts `to` in place of `from` in every `${from}` in `value`.
void renameVariable(Json& value, const std::string& from, const std::string& to);

/// Puts `prefix` before the name in every `${name}` in `value`.
void prefixVariables(Json& value, const std::string& prefix);
/// The text that substitute() makes `text` of.
std::string withoutVariables(std::string_view text);

}  // namespace rw
