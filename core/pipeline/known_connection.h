// The connections to systems of others that this computer has, as far as a pipeline needs to know them.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/text.h"

namespace rw {

/// A connection by its name, which is all that a pipeline says of it: address and secrets stay where the
/// connection is kept.
struct KnownConnection {
    std::string name;
    std::string kind;  ///< of system: one of the ParamSpec::choices where it fits
    std::string address{};  ///< where it leads to, for people who are asked whether a run may go there
    /// What it says of itself besides, as far as it applies: addresses, names, files; no secrets.
    std::map<std::string, std::string> fields{};
    std::vector<std::string> secrets{};  ///< the names of those that it refers to, as far as they apply
};

/// Something on show offers to make a connection that is not there yet, in its own words.
struct ConnectionOffer {
    Text message;   ///< what is waited for
    Text fix{};     ///< what a person may do
    Text action{};  ///< the words of the button that takes the offer; empty: there is none
    bool operator==(const ConnectionOffer&) const = default;
};
/// By the names of the connections.
using ConnectionOffers = std::map<std::string, ConnectionOffer>;

struct KnownConnectionList {
    std::vector<KnownConnection> connections{};
    Status trouble{};  ///< why the list could not be read; then it is empty
    ConnectionOffers offers{};  ///< of those that it lacks
};

/// A list as it was when it was asked for; null: it was not asked for, and no name is looked up. Any thread.
using KnownConnections = std::shared_ptr<const KnownConnectionList>;

}  // namespace rw
