// webhook_source: rows of requests that other programs send.
#include "core/connect/web/webhook_source.h"

#include "core/connect/web/http_place.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/journal_params.h"
#include "core/nodes/sources/received_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundWebhookSource final : public BoundJournalledSource {
 public:
    WebhookListening listening{};
};

BoundNodeRef bindWebhookSource(BindContext& context) {
    auto bound = std::make_shared<BoundWebhookSource>();
    WebhookListening& listening = bound->listening;
    const std::optional<ListenAddress> address = bindListen(context);
    const std::optional<SecretRef> token = bindToken(context);
    listening.path = httpPath(context.text("path"));
    if (listening.path.find_first_of("?#") != std::string::npos) {
        context.error("path", RW_TEXT("webhook_source", "The path of a webhook has no parameters."),
                      RW_TEXT("webhook_source", "Leave out what begins with ? or #."));
    }
    listening.items = bindSplit(context);
    if (!bindJournalled(context, *bound) || !address || !token) return nullptr;
    bound->guarantee = acknowledgedGuarantee(bound->journal);
    listening.address = *address;
    listening.token = *token;
    bound->accesses.push_back(listeningAccess(*address, listening.path));
    bound->summary = RW_TEXT("webhook_source", "%1 · %2 · %3")
                         .with(listenText(*address) + listening.path, context.choice("format"),
                               columnCount(bound->format.columns.size()));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeWebhookSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundWebhookSource&>(node);
    RW_TRY_ASSIGN(JournalledOptions options, journalledOptions(bound, context));
    auto source = std::make_unique<WebhookSource>(context, bound.listening, std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> webhookSourceParams() {
    ParamSpec path =
        makeParam("path", ParamKind::String, RW_TEXT("webhook_source", "Path"),
                  RW_TEXT("webhook_source", "The path that senders ask for; others are answered 404."), "/");
    ParamSpec token = tokenParam();
    token.required = true;
    std::vector<ParamSpec> own{listenParam("127.0.0.1:8077"), std::move(path), std::move(token)};
    for (ParamSpec& spec : splitParams("whole")) own.push_back(std::move(spec));
    return journalledParams(std::move(own), true);
}

}  // namespace

NodeKind webhook_sourceKind() {
    NodeKind kind;
    kind.type = "webhook_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("webhook_source", "Webhook");
    kind.palette = {
        {kind.name, RW_TEXT("webhook_source", "Requests that others send as rows"), "webhook_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = webhookSourceParams();
    kind.bind = bindWebhookSource;
    kind.make = makeWebhookSource;
    return kind;
}

}  // namespace rw
