// The parts of Flink's table: a family of functions each. Spellings are those of Flink 2.3, as the golden
// cases ran there.
#pragma once
#include <vector>

#include "core/deploy/dialect/dialect.h"

namespace rw {

void addFlinkMath(std::vector<FunctionForm>& rows);        ///< + - * / % and signs, ABS, ROUND, SIN …
void addFlinkConditions(std::vector<FunctionForm>& rows);  ///< = < AND IN BETWEEN, COALESCE, IF, GREATEST …
void addFlinkCasts(std::vector<FunctionForm>& rows);       ///< CAST
void addFlinkText(std::vector<FunctionForm>& rows);        ///< LIKE, UPPER, SUBSTRING, REGEXP_EXTRACT …
void addFlinkTime(std::vector<FunctionForm>& rows);  ///< EXTRACT, FLOOR TO, TIMESTAMPADD, DATE_FORMAT …
std::vector<AggregateForm> flinkAggregates();

const Dialect& flinkDialect();

std::string flinkType(Type type);
/// DialectWords::cast.
Written flinkConversion(const Written& value, Type from, Type to, bool orNull);

/// Of a call that gives times: Flink has years of four digits, and times beyond its range wrap around.
void flinkYears(const CallForm& call);
/// Of a call that Flink can't make of every DOUBLE: it ends the job.
void flinkFiniteOnly(const CallForm& call, Type type);

/// A function that Flink calls as we do, with the same meaning.
FunctionForm flinkSame(std::string_view name, std::string_view pattern);
/// One whose words go by its arguments.
FunctionForm flinkWritten(std::string_view name, Written (*write)(CallForm& call));

}  // namespace rw
