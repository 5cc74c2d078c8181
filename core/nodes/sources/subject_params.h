// Parameters of nodes whose topic or table is chosen from those of a connection, by what is in it.
#pragma once
#include "core/pipeline/subject_proposal.h"

namespace rw {

struct SubjectContent;

/// NodeKind::propose of sources with formatParams(), and of those with the columns of a table: format and
/// columns, of messages with a registry as far as `params` name one and its schemas are known.
SubjectProposal proposeSubject(const SubjectContent& content, const Json& params);

}  // namespace rw
