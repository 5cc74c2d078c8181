// How nodes are written for Flink: one function for each type that has a form, and shared functions.
#pragma once
#include "core/deploy/form.h"

namespace rw {

// sources.cpp
void flinkCsvSource(NodeForm& form);
void flinkNdjsonSource(NodeForm& form);
void flinkRows(NodeForm& form);
/// Sources that make their rows: there by a copy of these alone.
void flinkMadeRows(NodeForm& form);

// kafka.cpp, tables.cpp, hdfs.cpp
void flinkKafkaSource(NodeForm& form);
void flinkKafkaSink(NodeForm& form);
void flinkSqlSource(NodeForm& form);
void flinkSqlSink(NodeForm& form);
void flinkWebhdfsSource(NodeForm& form);
void flinkWebhdfsSink(NodeForm& form);

// stateless.cpp
void flinkFilter(NodeForm& form);
void flinkSelect(NodeForm& form);
void flinkUnion(NodeForm& form);
void flinkRoute(NodeForm& form);
void flinkSubflowPort(NodeForm& form);
void flinkLimit(NodeForm& form);

// event_time.cpp
void flinkEventTime(NodeForm& form);

// windows.cpp, joins.cpp, ranking.cpp, aggregates.cpp
void flinkSort(NodeForm& form);
void flinkDeduplicate(NodeForm& form);
void flinkGroupAggregate(NodeForm& form);
void flinkTopN(NodeForm& form);
void flinkJoin(NodeForm& form);
void flinkWindowAggregate(NodeForm& form);
void flinkOverAggregate(NodeForm& form);
void flinkWindowJoin(NodeForm& form);
void flinkIntervalJoin(NodeForm& form);
void flinkTemporalJoin(NodeForm& form);
void flinkLookupJoin(NodeForm& form);

// match_recognize.cpp
void flinkMatchRecognize(NodeForm& form);

// score.cpp
void flinkScore(NodeForm& form);

// python_node.cpp
void flinkPython(NodeForm& form);

// sinks.cpp
void flinkChart(NodeForm& form);
void flinkSqliteSink(NodeForm& form);
void flinkCsvSink(NodeForm& form);
void flinkNdjsonSink(NodeForm& form);

// forms.cpp
std::vector<NodeFormEntry> flinkForms();  ///< in the order of nodes.def
NodeFormEntry flinkChartForm();           ///< of each chart

/// The relation of the port “rejected” where that is wired: it has no rows, for a row that fails ends the job
/// there. That it does not is a condition that was found with the expression.
void flinkNoRejected(NodeForm& form);
/// Adds the remark to the node that its row in the table has for all nodes of its type.
Remark& flinkSayAsAlways(NodeForm& form);

}  // namespace rw
