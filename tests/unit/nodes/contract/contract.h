// The promises of every node type, tried on one that is not known: the same results however its input was cut
// into batches and came over its wires, without the columns that it says it does not read.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::test {

/// How the node type breaks its contract: with which parameters and input, at which batch size and seed, and
/// the difference. Empty: it does not.
///
/// Operators are tried with rows of a source, of a window, of late ports, of rejected ports (no positions, no
/// event time) and over two wires in several interleavings; sinks with the same rows of a source, by their
/// output and pictures; sources by their batches. All are left at barriers, too, and resumed at other
/// degrees and batch sizes, as if they had never been left (sinks by their pictures). A state that is written
/// by change (ChangingState) is the one of its barrier, whatever came while it was written. Watermarks may
/// not go back and must be the same at the same row; on one wire, rows leave in the same order; a call emits
/// a bounded number of rows; a column that reads() does not name is not there.
std::string contractFault(const NodeKind& kind);

// By group of the node type:
std::string operatorFault(const NodeKind& kind);
std::string sinkFault(const NodeKind& kind);
std::string sourceFault(const NodeKind& kind);
/// Of a node type with a connection that does not say what it guarantees (BoundNode::guarantee), with these
/// parameters.
std::string guaranteeFault(const NodeKind& kind, const Json& params, const BoundNode& bound);
/// Of a source that acknowledges (Source::acknowledges) and a sink that decides (Sink::decides): their
/// requests to the outside world, and the times of these. Whichever of them came before a crash, the run that
/// resumes has every row once.
std::string durabilityFault(const NodeKind& kind);
/// Of a source with these parameters, in a run that is recorded: replayed, which asks nobody outside, it has
/// the same rows. `standardInput`: a file.
std::string tapeFault(const NodeKind& kind, const Json& params, const std::string& folder,
                      const std::string& standardInput);
/// Of a source or a sink with a connection, where there is nobody at its address, somebody who hangs up, or
/// somebody silent: sources beside it go on, a start can be given up, and a stop does not wait.
std::string awayFault(const NodeKind& kind, const Json& params, const std::string& folder);
/// Of an operator that is paced (BoundNode::paced), in a run: barriers need not wait for the time of its
/// rows, and its held rows are bounded for any number of barriers.
std::string pacedFault(const NodeKind& kind, const Json& params);

/// Of an operator that waits (BoundNode::waits), in a world that answers late and in any order, fails, or is
/// silent: late answers change nothing, also where it is left while some are out; what fails or is silent
/// loses no row without a word; no row is late for having waited, and what waits is bounded.
std::string waitingFault(const NodeKind& kind, const Json& params);

/// How `body` ends a process of its own: “ended by signal 11”; empty when it returns.
std::string crashOf(const std::function<void()>& body);

/// The first line in which two lists differ, with a word for either; empty when they are equal.
std::string firstDifference(const std::vector<std::string>& whole, const std::vector<std::string>& parts);

}  // namespace rw::test
