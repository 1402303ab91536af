import type { Ecosystem } from './dependency-file'

/**
 * Libraries by which a project shows that it does artificial intelligence. Kept by hand, by what each is for:
 * `core` does the learning or the inference itself, `near` works with models or on their data without being one.
 */
const CORE: Readonly<Record<Ecosystem, readonly string[]>> = {
  pypi: [
    ...['torch', 'pytorch', 'torchvision', 'torchaudio', 'torch-npu', 'pytorch-lightning', 'lightning', 'torchtune'],
    ...[
      'tensorflow',
      'tensorflow-cpu',
      'tensorflow-gpu',
      'keras',
      'tf-keras',
      'jax',
      'jaxlib',
      'flax',
      'optax',
      'equinox',
    ],
    ...[
      'mindspore',
      'mindformers',
      'paddlepaddle',
      'paddlepaddle-gpu',
      'paddlenlp',
      'oneflow',
      'jittor',
      'mxnet',
      'mlx',
    ],
    ...[
      'transformers',
      'diffusers',
      'accelerate',
      'peft',
      'trl',
      'safetensors',
      'timm',
      'sentence-transformers',
      'optimum',
    ],
    ...['vllm', 'sglang', 'lmdeploy', 'llama-cpp-python', 'ctransformers', 'exllamav2', 'mlc-llm', 'text-generation'],
    ...['deepspeed', 'megatron-core', 'colossalai', 'fairscale', 'bitsandbytes', 'flash-attn', 'xformers', 'triton'],
    ...['onnx', 'onnxruntime', 'onnxruntime-gpu', 'openvino', 'tensorrt', 'tensorrt-llm', 'coremltools', 'ncnn', 'tvm'],
    ...['scikit-learn', 'xgboost', 'lightgbm', 'catboost', 'fastai', 'ultralytics', 'mmcv', 'mmengine', 'detectron2'],
    ...[
      'stable-baselines3',
      'tianshou',
      'ms-swift',
      'llamafactory',
      'xtuner',
      'verl',
      'openrlhf',
      'funasr',
      'whisperx',
    ],
  ],
  npm: [
    ...['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@huggingface/transformers', '@xenova/transformers'],
    ...['onnxruntime-node', 'onnxruntime-web', '@mlc-ai/web-llm', 'node-llama-cpp', 'brain.js', 'ml5'],
  ],
  crates: [
    ...[
      'candle-core',
      'candle-nn',
      'candle-transformers',
      'burn',
      'tch',
      'ort',
      'tract-onnx',
      'mistralrs',
      'linfa',
      'dfdx',
    ],
    ...['llama-cpp-2', 'tokenizers', 'safetensors'],
  ],
  go: [
    'github.com/ollama/ollama',
    'gorgonia.org/gorgonia',
    'github.com/nlpodyssey/cybertron',
    'github.com/yalue/onnxruntime_go',
  ],
  maven: [
    'deeplearning4j-core',
    'nd4j-native',
    'tensorflow-core-platform',
    'onnxruntime',
    'pytorch-engine',
    'mxnet-engine',
  ],
}

const NEAR: Readonly<Record<Ecosystem, readonly string[]>> = {
  pypi: [
    ...[
      'datasets',
      'tokenizers',
      'huggingface-hub',
      'modelscope',
      'evaluate',
      'lm-eval',
      'opencompass',
      'wandb',
      'mlflow',
    ],
    ...[
      'langchain',
      'langchain-core',
      'langgraph',
      'llama-index',
      'llama-index-core',
      'haystack-ai',
      'dspy',
      'dspy-ai',
    ],
    ...[
      'openai',
      'anthropic',
      'google-generativeai',
      'google-genai',
      'dashscope',
      'zhipuai',
      'qianfan',
      'litellm',
      'ollama',
    ],
    ...[
      'autogen',
      'crewai',
      'smolagents',
      'pydantic-ai',
      'mcp',
      'gradio',
      'chainlit',
      'tiktoken',
      'instructor',
      'outlines',
    ],
    ...['faiss-cpu', 'faiss-gpu', 'chromadb', 'pymilvus', 'qdrant-client', 'weaviate-client', 'lancedb'],
    ...['spacy', 'nltk', 'gensim', 'gymnasium', 'gym', 'ray', 'opencv-python', 'albumentations', 'optuna'],
  ],
  npm: [
    ...['langchain', '@langchain/core', '@langchain/langgraph', 'llamaindex', 'openai', '@anthropic-ai/sdk', 'ai'],
    ...['@huggingface/inference', '@modelcontextprotocol/sdk', 'ollama', '@google/generative-ai', 'chromadb'],
  ],
  crates: ['hf-hub', 'async-openai', 'ollama-rs', 'rig-core', 'qdrant-client', 'langchain-rust'],
  go: [
    ...['github.com/tmc/langchaingo', 'github.com/sashabaranov/go-openai', 'github.com/openai/openai-go'],
    ...['github.com/cloudwego/eino', 'github.com/milvus-io/milvus-sdk-go/v2', 'github.com/mark3labs/mcp-go'],
  ],
  maven: [
    'langchain4j',
    'langchain4j-open-ai',
    'spring-ai-core',
    'spring-ai-openai',
    'dashscope-sdk-java',
    'milvus-sdk-java',
  ],
}

export type LibraryWeight = 'core' | 'near'

const WEIGHTS: ReadonlyMap<string, LibraryWeight> = new Map([
  ...entriesOf(NEAR).map((key) => [key, 'near'] as const),
  ...entriesOf(CORE).map((key) => [key, 'core'] as const),
])

function entriesOf(table: Readonly<Record<Ecosystem, readonly string[]>>): string[] {
  return Object.entries(table).flatMap(([ecosystem, names]) => names.map((name) => `${ecosystem}:${name}`))
}

/** How much a package says, or null where it says nothing. `name` as {@link readDependencyNames} gives it. */
export function weightOfLibrary(ecosystem: Ecosystem, name: string): LibraryWeight | null {
  return WEIGHTS.get(`${ecosystem}:${name}`) ?? null
}
