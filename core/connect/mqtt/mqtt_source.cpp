#include "core/connect/mqtt/mqtt_source.h"

#include <utility>

namespace rw {

MqttSource::MqttSource(const MakeContext& context, NodeConnection connection, MqttReading reading,
                       JournalledOptions options)
    : JournalledSource(context, std::move(options)),
      m_connection(std::move(connection)),
      m_reading(std::move(reading)) {
    m_reading.clock = context.clock;
    // The path of its checkpoints tells a pipeline from others. A session of another filter is another one.
    const std::string& pipeline = context.journals.empty() ? context.folder : context.journals;
    m_reading.clientId = clientIdOf(m_connection, pipeline + '\n' + m_reading.filter, context.node);
}

Result<std::shared_ptr<JournalReader>> MqttSource::makeJournalReader(JournalReading journal) {
    return std::shared_ptr<JournalReader>(
        std::make_shared<MqttReader>(std::move(journal), m_connection, m_reading));
}

}  // namespace rw
