#include "tests/support/fake_transactions.h"

#include "tests/support/fake_broker.h"

namespace rw::test {

namespace {

class FakeTransactions final : public TransactionalProducer {
 public:
    FakeTransactions(FakeBroker& broker, std::string name) : m_broker(broker), m_name(std::move(name)) {}

    Status init() override {
        RW_TRY_ASSIGN(m_number, m_broker.begin(m_name, m_name));
        return {};
    }
    Result<Epoch> marker(const std::string&) override { return m_broker.marker(m_name); }
    Status begin() override { return {}; }
    Status send(const KafkaRecord& record) override {
        if (record.value && record.value->size() > 1'000)
            return {ErrorCode::Row, RW_TEXT("test", "The message is too long.")};
        return m_broker.send(m_name, m_number,
                             *record.topic + ":" + std::string(record.value.value_or("NULL")));
    }
    Status prepare(const std::string&, Epoch marker) override {
        m_prepared = marker;
        return m_broker.prepare(m_name, m_number, marker);
    }
    Status commit() override { return m_broker.commit(m_name, m_number, m_prepared); }
    void abort() override { (void)m_broker.abort(m_name, m_number); }

 private:
    FakeBroker& m_broker;
    const std::string m_name;
    std::int64_t m_number = 0;
    Epoch m_prepared = 0;
};

}  // namespace

std::shared_ptr<TransactionalProducer> fakeTransactions(FakeBroker& broker, const std::string& name) {
    return std::make_shared<FakeTransactions>(broker, name);
}

}  // namespace rw::test
