// The parameters of sources that take what others send, or ask for over HTTP: where the messages are in a
// body, where this program listens, and the token that others must show.
#pragma once
#include <optional>
#include <vector>

#include "core/connect/web/webhook_source.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// `split`, of this default, `items` and `skip_lines`.
std::vector<ParamSpec> splitParams(const char* otherwise);
/// Binds them; what is wrong is reported.
HttpItems bindSplit(BindContext& context);

/// `listen`.
ParamSpec listenParam(const char* otherwise);
/// Nothing: it is wrong, which is reported. With a warning where others than this computer can reach it.
std::optional<ListenAddress> bindListen(BindContext& context);

/// `token`: the place of a secret, “environment:NAME” or “keyring:NAME”.
ParamSpec tokenParam();
/// Nothing: it is empty, or wrong, which is reported. The text is never repeated: it may be the token itself.
std::optional<SecretRef> bindToken(BindContext& context);

/// Of a source that listens: people are told before a run.
Access listeningAccess(const ListenAddress& address, const std::string& path);
/// Of one that asks at an address without a connection.
Access askingAccess(const std::string& url);

}  // namespace rw
