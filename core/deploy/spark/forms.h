// How nodes are written for Spark: one function for each type that has a form. A statement is lines of
// Python; library.h has the functions that they call.
#pragma once
#include "core/deploy/form.h"

namespace rw {

// sources.cpp
void sparkCsvSource(NodeForm& form);
void sparkNdjsonSource(NodeForm& form);
void sparkGivenRows(NodeForm& form);
/// Sources that make their rows: there by a copy of these alone.
void sparkMadeRows(NodeForm& form);

// kafka.cpp, tables.cpp, hdfs.cpp
void sparkKafkaSource(NodeForm& form);
void sparkKafkaSink(NodeForm& form);
void sparkSqlSource(NodeForm& form);
void sparkSqlSink(NodeForm& form);
void sparkWebhdfsSource(NodeForm& form);
void sparkWebhdfsSink(NodeForm& form);

// stateless.cpp
void sparkFilter(NodeForm& form);
void sparkSelect(NodeForm& form);
void sparkUnion(NodeForm& form);
void sparkRoute(NodeForm& form);
void sparkSubflowPort(NodeForm& form);
void sparkEventTime(NodeForm& form);

// flatten.cpp
void sparkFlatten(NodeForm& form);

// ranking.cpp
void sparkDeduplicate(NodeForm& form);
void sparkTopN(NodeForm& form);

// windows.cpp
void sparkGroupAggregate(NodeForm& form);
void sparkWindowAggregate(NodeForm& form);

// joins.cpp, window_join.cpp
void sparkJoin(NodeForm& form);
void sparkIntervalJoin(NodeForm& form);
void sparkLookupJoin(NodeForm& form);
void sparkWindowJoin(NodeForm& form);

// python_node.cpp
void sparkPython(NodeForm& form);

// score.cpp
void sparkScore(NodeForm& form);

// sinks.cpp
void sparkChart(NodeForm& form);
void sparkSqliteSink(NodeForm& form);
void sparkCsvSink(NodeForm& form);
void sparkNdjsonSink(NodeForm& form);

// forms.cpp
std::vector<NodeFormEntry> sparkForms();  ///< in the order of nodes.def
NodeFormEntry sparkChartForm();           ///< of each chart

}  // namespace rw
