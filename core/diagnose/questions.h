// The questions that diagnose() asks, one file each. They add their findings.
#pragma once
#include <string>
#include <vector>

#include "core/diagnose/evidence.h"
#include "core/diagnose/finding.h"

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

/// The node that keeps a checkpoint from being complete: its barrier has not passed there for long.
void whatKeepsCheckpoints(const Evidence& evidence, std::vector<Finding>& findings);

/// Why is a node empty that has no other finding? A window that has not closed, or no rows, for the
/// reason that a node before it has. It looks at the findings so far.
void whyEmpty(const Evidence& evidence, std::vector<Finding>& findings);

/// The node that slows another down: the first one behind it that works rather than waits itself. Asked last:
/// nodes that wait for something else are left out.
void whatSlows(const Evidence& evidence, std::vector<Finding>& findings);

/// From so much on, the largest share of rows by the mean, the tasks of a node are said to be uneven.
inline constexpr double kUneven = 1.5;

/// A finding about `node`; words, sentence and the rest are to be filled in.
Finding findingOf(Finding::Reason reason, const Evidence::Seen& node);

/// A moment as people read it: “2024-03-01 14:31:00”, with milliseconds only where there are any.
std::string momentText(Instant at);

/// A moment of the clock on the wall, to the second: “2024-03-01 14:31:00 UTC”.
std::string wallText(Instant at);

}  // namespace rw
