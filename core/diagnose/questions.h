// The questions that diagnose() asks, one file each. They add what they find.
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

/// What holds the watermark of a node: a source that waits, or the input or partition that is behind the
/// others.
void whatHolds(const Evidence& evidence, std::vector<Finding>& findings);

/// What keeps a checkpoint from being complete: the node that its barrier has not come through for long.
void whatKeepsCheckpoints(const Evidence& evidence, std::vector<Finding>& findings);

/// Why is a node empty, that nothing else was found of? A window that has not closed, or no rows, for the
/// reason that a node before it has. It looks at what was found before.
void whyEmpty(const Evidence& evidence, std::vector<Finding>& findings);

/// What slows a node down: the first one behind it that works rather than waits itself. Asked last: nodes
/// that wait for something else are left out.
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
