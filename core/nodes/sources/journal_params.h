// The parameters of sources whose messages can't be read twice.
#pragma once
#include <string>
#include <vector>

#include "core/connect/journal/journalled_source.h"
#include "core/nodes/source_params.h"

namespace rw {

/// A bound source of such messages.
class BoundJournalledSource : public BoundSource {
 public:
    MessageFormat format{};
    bool journal = true;
};

/// `journal`. On from the start where the protocol acknowledges messages.
ParamSpec journalParam(bool acknowledges);
/// formatParams(), `own`, timingParams(), `on_error` and `journal`, in the order of the form.
std::vector<ParamSpec> journalledParams(std::vector<ParamSpec> own, bool acknowledges);
/// Binds all of them but the source's own, with both outputs and the guarantee of senders who send a message
/// once; false where one is wrong (reported).
bool bindJournalled(BindContext& context, BoundJournalledSource& bound);
/// Of senders who send a message again until it is acknowledged.
Guarantee acknowledgedGuarantee(bool journal);
Result<JournalledOptions> journalledOptions(const BoundJournalledSource& bound, const MakeContext& context);

}  // namespace rw
