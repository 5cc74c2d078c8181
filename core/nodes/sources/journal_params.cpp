#include "core/nodes/sources/journal_params.h"

#include <optional>
#include <utility>

#include "core/nodes/format_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/stream/rejected.h"

namespace rw {

ParamSpec journalParam(bool acknowledges) {
    ParamSpec journal = makeParam(
        "journal", ParamKind::Boolean, RW_TEXT("journal", "Journal"),
        RW_TEXT("journal",
                "Messages are written to disk, beside the checkpoints, before they count: a run that "
                "is killed and resumed has lost none that had arrived. It needs checkpoints. Off: "
                "messages behind the last checkpoint are lost then."),
        acknowledges);
    journal.advanced = true;
    return journal;
}

std::vector<ParamSpec> journalledParams(std::vector<ParamSpec> own, bool acknowledges) {
    std::vector<ParamSpec> params = std::move(own);
    for (ParamSpec& spec : formatParams()) params.push_back(std::move(spec));
    params.push_back(journalParam(acknowledges));
    for (ParamSpec& spec : timingParams()) params.push_back(std::move(spec));
    params.push_back(onErrorParam());
    return params;
}

namespace {

Guarantee sentOnceGuarantee(bool journal) {
    Guarantee guarantee;
    guarantee.promise = guarantee.withoutCheckpoints = Guarantee::Promise::AtMostOnce;
    if (journal) {
        guarantee.means = Guarantee::Means::Journal;
        guarantee.lost = RW_TEXT("journal",
                                 "What is sent while the run is down is lost. What had arrived is in the "
                                 "journal until a checkpoint has it.");
    } else {
        guarantee.more = RW_TEXT("journal", "“Journal” would keep the rows that had arrived.");
    }
    return guarantee;
}

}  // namespace

Guarantee acknowledgedGuarantee(bool journal) {
    if (!journal) return sentOnceGuarantee(false);
    return {Guarantee::Promise::AtLeastOnce, Guarantee::Means::Journal, Guarantee::Promise::AtMostOnce};
}

bool bindJournalled(BindContext& context, BoundJournalledSource& bound) {
    std::optional<MessageFormat> format = bindFormat(context);
    if (!format) return false;
    bindTiming(context, format->columns, bound);
    applyFormat(*format, bound.outputs.front());
    bound.outputs.push_back(sourceRejectedStream());
    bound.live = true;
    bound.journal = context.flag("journal");
    bound.guarantee = sentOnceGuarantee(bound.journal);
    bound.format = *std::move(format);
    return !context.failed();
}

Result<JournalledOptions> journalledOptions(const BoundJournalledSource& bound, const MakeContext& context) {
    JournalledOptions options;
    if (!bound.format.registry.empty()) {
        RW_TRY_ASSIGN(options.registry, connectionOf(context, bound.format.registry));
        options.schemas = std::make_shared<WriterSchemas>();
    }
    options.decoder = makeMessageDecoder(bound.format, decoderOptions(bound, context), options.schemas);
    options.journal = bound.journal;
    return options;
}

}  // namespace rw
