// The questions that diagnose() asks, one file each. They add their findings.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/diagnose/evidence.h"
#include "core/diagnose/finding.h"
#include "core/diagnose/watermark_hold.h"

namespace rw {

/// Why are rows late? With the lateness that would have kept them.
void whyLate(const Evidence& evidence, std::vector<Finding>& findings);

/// Where do rows end? Nodes that rows come to, and that none leaves.
void whereRowsEnd(const Evidence& evidence, std::vector<Finding>& findings);

/// Which keys trouble a node: those that give one of its tasks most of the rows, or ever more of them.
void whichKeys(const Evidence& evidence, std::vector<Finding>& findings);

/// The cause that holds the watermark of a node: a source that waits, or the input or partition behind the
/// others.
void whatHolds(const Evidence& evidence, std::vector<Finding>& findings);

/// Which source has kept results waiting for long, while others went on? It looks at the findings so far.
void whoHoldsOthers(const Evidence& evidence, std::vector<Finding>& findings);

/// Which join has found no pair, though it had many rows of both inputs? It looks at the findings so far.
void whichNeverPair(const Evidence& evidence, std::vector<Finding>& findings);

/// Which conditions were NULL for rows, so that these were dropped?
void whatIsNull(const Evidence& evidence, std::vector<Finding>& findings);

/// The node that keeps a checkpoint from being complete: its barrier has not passed there for long.
void whatKeepsCheckpoints(const Evidence& evidence, std::vector<Finding>& findings);

/// Why is a node empty that has no other finding? A window that has not closed, or no rows, for the
/// reason that a node before it has. It looks at the findings so far.
void whyEmpty(const Evidence& evidence, std::vector<Finding>& findings);

/// The node that slows another down: the first one behind it that works rather than waits itself. Nodes that
/// the findings so far tell to wait for something else are left out.
void whatSlows(const Evidence& evidence, std::vector<Finding>& findings);

/// Which node that slows the run down has state in files, and how much memory would hold all of it? It looks
/// at the findings so far, those of whatSlows() among them.
void whatIsInFiles(const Evidence& evidence, std::vector<Finding>& findings);

/// When will the disk of the state in files be full, at the rate at which that grows?
void whenDiskIsFull(const Evidence& evidence, std::vector<Finding>& findings);

/// From so much on, the largest share of rows by the mean, the tasks of a node are said to be uneven.
inline constexpr double kUneven = 1.5;

/// A finding about `node`; words, sentence and the rest are to be filled in.
Finding findingOf(Finding::Reason reason, const Evidence::Seen& node);

/// Says when the results go on that wait for `hold`, and offers to set the silence after which its source
/// counts as idle, where that lets them go on and it is not set yet.
void tellWhenItGoesOn(const Evidence& evidence, const WatermarkHold& hold, Issue& issue);

/// A node's duration; nothing: it has no such parameter, or that can't be read.
std::optional<Millis> durationOf(const Evidence::Seen& seen, const char* param);

/// How many rows have come by an input.
std::uint64_t rowsBy(const Evidence::Input& input);

/// Rows may wait in it for their time: it has a port for those that come too late.
bool goesByTime(const NodeKind& kind);

/// The nodes that keep results back for a holder, those next to it first.
std::vector<const Evidence::Seen*> heldBackBy(const Evidence& evidence, const WatermarkHold& holder);

/// A node's condition; null: its type has none.
const ParamSpec* conditionOf(const NodeKind& kind);

/// A moment as people read it: “2024-03-01 14:31:00”, with milliseconds only where there are any.
std::string momentText(Instant at);

/// A moment of the clock on the wall, to the second: “2024-03-01 14:31:00 UTC”.
std::string wallText(Instant at);

}  // namespace rw
