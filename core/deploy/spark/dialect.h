// Shared by the files of Spark's dialect: its tables, and words that several of them write.
//
// The texts are for Spark's ANSI mode, a session in zone UTC, with spark.sql.legacy.timeParserPolicy
// CORRECTED (without it a text that fits no pattern ends the job) and spark.sql.variable.substitute off (it
// would take
// ${name} out of texts).
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/deploy/dialect/dialect.h"

namespace rw {

void addSparkArithmetic(std::vector<FunctionForm>& forms);
void addSparkComparisons(std::vector<FunctionForm>& forms);
void addSparkCasts(std::vector<FunctionForm>& forms);
void addSparkConditions(std::vector<FunctionForm>& forms);
void addSparkMath(std::vector<FunctionForm>& forms);
void addSparkTexts(std::vector<FunctionForm>& forms);
void addSparkPatterns(std::vector<FunctionForm>& forms);
void addSparkTimes(std::vector<FunctionForm>& forms);
void addSparkTimeTexts(std::vector<FunctionForm>& forms);
std::vector<AggregateForm> sparkAggregateForms();

const Dialect& sparkDialect();

/// A text as Spark's SQL reads it: in quotes, with backslashes before quotes and backslashes.
std::string sparkText(std::string_view text);
std::string sparkType(Type type);
/// DialectWords::cast.
Written sparkCast(const Written& value, Type from, Type to, bool orNull);
/// `name(a, b)`.
Written sparkCall(std::string_view name, std::initializer_list<std::string_view> arguments);

/// The value of a literal argument that has no variable in it; else null.
template <class T>
const T* sparkConstant(const CallForm& call, std::size_t i) {
    if (i >= call.count() || call.argument(i).kind != sql::Expr::Kind::Literal) return nullptr;
    if (call.hasVariables(i)) return nullptr;
    return std::get_if<T>(&call.argument(i).value);
}
/// The value of a literal argument which the words themselves are made of. A variable in it gets a remark:
/// setting it later would change nothing.
template <class T>
const T* sparkBuiltIn(const CallForm& call, std::size_t i) {
    if (i >= call.count() || call.argument(i).kind != sql::Expr::Kind::Literal) return nullptr;
    if (call.hasVariables(i)) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the variables in it keep their values"));
    }
    return std::get_if<T>(&call.argument(i).value);
}

/// CallForm::findFailing() of a call that can fail a row.
void sparkMayFail(const CallForm& call);
/// The BINARY of a call of FROM_BASE64, with what it holds for.
Written sparkFromBase64(const CallForm& call);

}  // namespace rw
