// Rows of the messages of a broker.
#pragma once
#include <memory>

#include "core/connect/journal/journalled_source.h"
#include "core/connect/mqtt/mqtt_reader.h"

namespace rw {

class MqttSource final : public JournalledSource {
 public:
    /// The context is that of the call that makes the source.
    MqttSource(const MakeContext& context, NodeConnection connection, MqttReading reading,
               JournalledOptions options);

 private:
    Result<std::shared_ptr<JournalReader>> makeJournalReader(JournalReading journal) override;

    const NodeConnection m_connection;
    MqttReading m_reading;
};

}  // namespace rw
