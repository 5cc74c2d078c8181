// A producer whose transactions are those of a fake broker (fake_broker.h): it fences off the one before, and
// keeps the markers of what was committed.
#pragma once
#include <memory>
#include <string>

#include "core/connect/kafka/kafka_transactions.h"

namespace rw::test {

class FakeBroker;

/// Of a name, under which its messages are in a topic of the broker. The broker outlives it.
std::shared_ptr<TransactionalProducer> fakeTransactions(FakeBroker& broker, const std::string& name);

}  // namespace rw::test
