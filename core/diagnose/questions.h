// The questions that diagnose() asks, one file each. They add what they find.
#pragma once
#include <map>
#include <vector>

#include "core/diagnose/evidence.h"
#include "core/diagnose/finding.h"

namespace rw {

/// Why are rows late? With the lateness that would have kept them.
void whyLate(const Evidence& evidence, std::vector<Finding>& findings);

/// Where do rows end? Nodes that rows come to, and that none leaves.
void whereRowsEnd(const Evidence& evidence, std::vector<Finding>& findings);

/// What holds the watermark of a node: a source that waits, or the input that is behind the others.
void whatHolds(const Evidence& evidence, std::vector<Finding>& findings);

/// Why is a node empty, that nothing else was found of? A window that has not closed, or no rows, for the
/// reason that a node before it has. Asked last: it looks at what was found.
void whyEmpty(const Evidence& evidence, std::vector<Finding>& findings);

/// A finding about `node`; words, sentence and the rest are to be filled in.
Finding findingOf(Finding::Reason reason, const Evidence::Seen& node);

/// A moment as people read it: “2024-03-01 14:31:00”, with milliseconds only where there are any.
std::string momentText(Instant at);

}  // namespace rw
